/** The element that GraphiQL fills. */
export const PLACE_ID = 'graphiql';

/** Where its program and its look are, as the web app serves them. */
export const PROGRAM = '/_next/static/graphiql/graphiql-app.js';
export const LOOK = '/_next/static/graphiql/graphiql-app.css';
