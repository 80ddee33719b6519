// `import text from '../assets/root-hints.zone?raw'`: Vite and Vitest put the file's text into the bundle.
declare module '*?raw' {
  const text: string;
  export default text;
}
