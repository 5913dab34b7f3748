/** The page as one document, built from `browser/`. */
declare module "virtual:page" {
  export const html: string;
}
