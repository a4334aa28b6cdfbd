/** The version of the product, that of `package.json`: what `npm start` and the OpenAPI document say. */
export const productVersion = "0.1.0";
