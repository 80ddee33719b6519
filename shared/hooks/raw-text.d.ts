// `import text from './hook.sh?raw'`: Vite and Vitest put the file's text into the bundle.
declare module '*.sh?raw' {
  const text: string;
  export default text;
}
