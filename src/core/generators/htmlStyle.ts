/** The page's style: the reader's own colour scheme, text of at least 7:1 contrast, and a column fit for a phone. */
export const htmlStyle = `:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1b1f24;
  --quiet: #4d5661;
  --link: #0a4da2;
  --line: #d5dae0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b;
    --ink: #eceff2;
    --quiet: #b4bcc6;
    --link: #9ecbff;
    --line: #363d46;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  padding: clamp(1.25rem, 5vw, 3.5rem) clamp(1rem, 5vw, 2rem);
  max-width: 46rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
h1 {
  margin: 0 0 1.5rem;
  padding-block-end: 0.75rem;
  border-block-end: 1px solid var(--line);
  font-size: clamp(1.6rem, 5vw, 2.25rem);
  line-height: 1.2;
  text-wrap: balance;
}
ul {
  margin: 0;
  padding: 0;
  list-style: none;
}
ul ul {
  margin-block: 0.25rem 0.75rem;
  padding-inline-start: 1.1rem;
  border-inline-start: 2px solid var(--line);
}
li {
  padding-block: 0.3rem;
}
li.folder > .name {
  font-weight: 650;
}
a {
  color: var(--link);
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
a:hover {
  text-decoration-thickness: 2px;
}
a:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 3px;
  border-radius: 2px;
}
p {
  margin: 0;
  color: var(--quiet);
  font-size: 0.925rem;
}
small {
  margin-inline-start: 0.4rem;
  padding: 0.05rem 0.4rem;
  border: 1px solid var(--line);
  border-radius: 0.3rem;
  color: var(--quiet);
  font-size: 0.75rem;
}
@media print {
  body {
    max-width: none;
    padding: 0;
  }
}
`;

/** Added where there are links to the folders above. */
export const crumbStyle = `.crumbs ol {
  display: flex;
  flex-wrap: wrap;
  margin: 0 0 0.75rem;
  padding: 0;
  list-style: none;
  font-size: 0.925rem;
}
.crumbs li + li::before {
  margin-inline: 0.5rem;
  color: var(--quiet);
  content: "/";
  content: "/" / "";
}
`;
