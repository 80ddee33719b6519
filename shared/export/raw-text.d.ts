// `import text from './report.css?raw'`: Vite and Vitest put the file's text into the bundle.
declare module '*.css?raw' {
  const text: string;
  export default text;
}
