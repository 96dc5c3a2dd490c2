//! Links the program so that it takes less memory.

#![expect(clippy::disallowed_methods, reason = "it is how cargo speaks to a build script")]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name, value: &str| std::env::var(name).is_ok_and(|it| it == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        // Half a megabyte of relocations becomes thirty kilobytes (glibc 2.36, of 2022).
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
