/** Puts the app into the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startStores } from './store/start.ts';
import './ui/styles.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element with the id “root”');
startStores();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
