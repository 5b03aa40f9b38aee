/** What the build tells the runtime (`build-packs.mjs`). */

/** Packs: what a program asks for → version. */
declare const PACKS: Readonly<Record<string, string>>;
/** Packages that the runtime brings itself → the version whose behaviour they have. */
declare const OWN_PACKAGES: Readonly<Record<string, string>>;
/** Pack → the packs that it requires. */
declare const PACK_NEEDS: Readonly<Record<string, readonly string[]>>;
