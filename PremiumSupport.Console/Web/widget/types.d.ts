/** The stylesheet as minified text (build.mjs). */
declare module '*.css' {
  const text: string;
  export default text;
}

/** What a page hands to boot and update. */
interface WidgetOptions {
  /** Signed by the vendor's server; without one the visitor is nobody. */
  identityToken?: string | null;
  /** en, es, it, fr, de or nb, with or without a region; default: the page's language, then the browser's. */
  locale?: string;
}

interface Window {
  PremiumSupport?: { (...call: unknown[]): void; q?: ArrayLike<unknown[]>; loaded?: boolean };
}
