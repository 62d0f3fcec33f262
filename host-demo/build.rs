//! Makes the one WebAssembly file that the `rules` command runs and serves, so that a plain `cargo build` is enough.
//!
//! 1. cargo builds `rules-wasm` for `wasm32-unknown-unknown` in a target directory of its own. Nothing of the outer
//!    build's settings gets in, and paths are remapped, so the bytes depend on the sources, the lock file and the
//!    compiler only, and not on the machine or the folder: their SHA-256 stands in every decision record.
//! 2. wasm-bindgen, as a library pinned by the lock file, writes the JavaScript around them.
//!
//! Beside it the time zones, which are data for hosts to hand in and no part of the file.

#[path = "time_zones.rs"]
mod time_zones;

use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

const TARGET: &str = "wasm32-unknown-unknown";
/// The names of what is made: `rules_wasm_bg.wasm`, `rules_wasm.js` and `rules_wasm.d.ts`.
const NAME: &str = "rules_wasm";
/// A change in any of these means that the file must be made again.
const SOURCES: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    "rules-core/Cargo.toml",
    "rules-core/src",
    "rules-wasm/Cargo.toml",
    "rules-wasm/src",
    "host-demo/build.rs",
    "host-demo/time_zones.rs",
];

fn main() -> ExitCode {
    match make() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn make() -> Result<(), String> {
    let workspace = path_from("CARGO_MANIFEST_DIR")?;
    let workspace = workspace.parent().ok_or("host-demo has no folder above it")?;
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", workspace.join(source).display());
    }
    let out = path_from("OUT_DIR")?;
    // OUT_DIR is <target>/<profile>/build/<package>/out. One folder beside the profiles serves debug and release; two
    // checkouts that share a target directory have one each.
    let place = hexadecimal(&Sha256::digest(workspace.as_os_str().as_encoded_bytes()));
    let target_directory = out.ancestors().nth(4).ok_or("OUT_DIR is too short")?.join("wasm-module").join(&place[..8]);

    let zones = out.join("time-zones.json");
    fs::write(&zones, time_zones::json()?).map_err(|error| format!("cannot write {}: {error}", zones.display()))?;
    let built = build_module(workspace, &target_directory)?;
    let bytes = fs::read(&built).map_err(|error| format!("cannot read {}: {error}", built.display()))?;
    let page = out.join("engine");
    wrap(&bytes, &page)?;

    let file = page.join(format!("{NAME}_bg.wasm"));
    let finished = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    println!("cargo::rustc-env=RULES_WASM_SHA256={}", hexadecimal(&Sha256::digest(&finished)));
    Ok(())
}

/// Builds `rules-wasm` and answers with the path of the module.
fn build_module(workspace: &Path, target_directory: &Path) -> Result<PathBuf, String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries = PathBuf::from(answer_of(&rustc, &["--print", "target-libdir", "--target", TARGET])?);
    if !libraries.is_dir() {
        return Err(format!(
            "The Rust compiler cannot build for WebAssembly yet: its target {TARGET} is not installed.\n\
             Run this once in this folder, then build again:\n\n    rustup target add {TARGET}\n"
        ));
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(workspace)
        .args(["build", "--locked", "--package", "rules-wasm", "--lib", "--profile", "wasm"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(target_directory);
    forget_the_outer_build(&mut cargo);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(workspace, &rustc)?);
    let status = cargo.status().map_err(|error| format!("cannot start cargo: {error}"))?;
    if !status.success() {
        return Err("The WebAssembly file could not be built; the reason stands above.".to_owned());
    }
    Ok(target_directory.join(TARGET).join("wasm").join(format!("{NAME}.wasm")))
}

/// Takes away every setting that cargo, clippy or the caller made for the outer build. What says where packages come
/// from (the cache, a mirror, being offline) and the shared pool of jobs stay.
fn forget_the_outer_build(cargo: &mut Command) {
    const KEPT: [&str; 6] =
        ["CARGO_HOME", "CARGO_HTTP_", "CARGO_MAKEFLAGS", "CARGO_NET_", "CARGO_REGISTR", "CARGO_SOURCE_"];
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_cargo = text.starts_with("CARGO") && !KEPT.iter().any(|kept| text.starts_with(kept));
        let of_compiler = matches!(text.as_ref(), "RUSTFLAGS" | "RUSTC_WRAPPER" | "RUSTC_WORKSPACE_WRAPPER");
        if of_cargo || of_compiler {
            cargo.env_remove(&name);
        }
    }
}

/// How large a function may be that is copied to where it is called, half of what level 2 allows. With 160 the download
/// is 5 % larger, brief records are a few percent quicker and full ones as slow; with 60 it is 2 % smaller, full ones slower.
const INLINE: &str = "-Cllvm-args=-inline-threshold=110";

/// Compiler flags: how much is copied, and fixed names for the folders of this machine, separated as cargo wants them.
fn flags(workspace: &Path, rustc: &OsString) -> Result<OsString, String> {
    let system = answer_of(rustc, &["--print", "sysroot"])?;
    let version = answer_of(rustc, &["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let mut replaced = vec![(workspace.to_path_buf(), "/rules".to_owned())];
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .ok_or("neither CARGO_HOME nor a home folder is set")?;
    replaced.push((home.clone(), "/cargo".to_owned()));
    // A mirror of the registry unpacks into a folder named after the mirror. The later of two matches counts.
    let unpacked = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    replaced.extend(unpacked.map(|folder| (folder.path(), "/cargo/registry".to_owned())));
    replaced.push((Path::new(&system).join("lib/rustlib/src/rust"), format!("/rustc/{commit}")));

    let mut flags = OsString::from(INLINE);
    for (from, to) in replaced {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    }
    Ok(flags)
}

/// Writes the JavaScript for pages around the module, unless it is there already for these very bytes.
fn wrap(bytes: &[u8], page: &Path) -> Result<(), String> {
    let stamp = page.join("made-from.sha256");
    // What is made depends on the module and on this file, which says how.
    let digest = hexadecimal(&Sha256::new().chain_update(bytes).chain_update(include_str!("build.rs")).finalize());
    if fs::read_to_string(&stamp).is_ok_and(|made| made == digest) {
        return Ok(());
    }
    let mut wrapper = wasm_bindgen_cli_support::Bindgen::new();
    wrapper
        .input_bytes(NAME, without_references(bytes))
        .out_name(NAME)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|wrapper| wrapper.generate(page))
        .map_err(|error| format!("wasm-bindgen could not write the JavaScript around the module: {error:#}"))?;
    fs::write(&stamp, digest).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Marks the feature "reference types" as unused in the module's list of features.
///
/// The compiler lists it always. wasm-bindgen would then add a table of JavaScript values and an import that fills it,
/// which this module does not need, since only text crosses its border. Without them the file has no imports at all
/// and runs on hosts that know nothing of references.
fn without_references(module: &[u8]) -> Vec<u8> {
    let listed = b"+\x0freference-types";
    let mut module = module.to_vec();
    if let Some(start) = module.windows(listed.len()).position(|window| window == listed) {
        module[start] = b'-';
    }
    module
}

fn answer_of(program: &OsString, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn path_from(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("cargo has not set {variable}"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
