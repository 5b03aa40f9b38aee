//! Keeps relocations in the app's wasm: they tell `cargo xtask build` what each function needs when it cuts the file.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Not by RUSTFLAGS, with which the engine's dependencies would be compiled a second time.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
