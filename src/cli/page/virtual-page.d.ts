/** The page as one document; the build makes it of `browser/`. */
declare module "virtual:page" {
  export const html: string;
}
