//! The whole path of a batch against hand-written programs: whole processes, interleaved, ratios from one run.
//!
//! `cargo bench -p rules-tests` prints, for 100,000 generated cases of each pack, how long `rules check` takes with each
//! host and kind of record, as a multiple of a Rust program written by hand for the same rules and the same output bytes.
//! `cargo bench -p rules-tests -- --memory` also decides 1,000,000 cases and prints the peak memory of both sizes;
//! `-- --packs` does something else: it says of every shipped pack how long it takes to load, and decides `--cases NUMBER`
//! (100,000) cases made from its schema; the load time in a browser is printed by `tests/browser/parity.test.js`.
//! `--rules PATH` takes a program that is built already.

mod blue_light;
mod contract_variation;
mod packs;
mod rival;

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rival::{Identity, Rival};
use rules_tests::workspace;

const RIVALS: [Rival; 2] = [blue_light::RIVAL, contract_variation::RIVAL];
const CASES: usize = 100_000;
const SEED: u64 = 20_201_014;
const ROUNDS: usize = 7;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, pack, cases, identity @ ..] = arguments.as_slice()
        && verb == "by-hand"
    {
        return by_hand(pack, Path::new(cases), identity);
    }
    let named = |option: &str| {
        let place = arguments.iter().position(|argument| argument == option)?;
        arguments.get(place + 1)
    };
    let rules = named("--rules").map_or_else(release_binary, |path| Ok(PathBuf::from(path)))?;
    let folder = rules.with_file_name("whole-path");
    fs::create_dir_all(&folder)?;
    if arguments.iter().any(|argument| argument == "--packs") {
        let count = named("--cases").map_or(Ok(CASES), |count| count.parse())?;
        return packs::report(&rules, &folder, count);
    }
    for rival in RIVALS {
        compare(&rules, &folder, rival)?;
    }
    if arguments.iter().any(|argument| argument == "--memory") {
        memory(&rules, &folder, RIVALS[0])?;
    }
    Ok(())
}

/// The `rules` program as people run it.
fn release_binary() -> Result<PathBuf, Failure> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--workspace", "--bin", "rules"])
        .current_dir(workspace())
        .status()?;
    if !built.success() {
        return Err("`cargo build --release --bin rules` failed".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    Ok(target.join("release/rules"))
}

/// A run of a program over the cases: its name in the table and its command.
struct Candidate {
    name: &'static str,
    command: Vec<String>,
    took: Vec<Duration>,
}

impl Candidate {
    /// How many times as long as another it takes: the median of the rounds, in each of which both ran.
    fn times(&self, other: &Self) -> f64 {
        let pairs = self.took.iter().zip(&other.took);
        median(pairs.map(|(took, other)| took.as_secs_f64() / other.as_secs_f64()).collect())
    }
}

fn compare(rules: &Path, folder: &Path, rival: Rival) -> Result<(), Failure> {
    let cases = folder.join(format!("{}-{CASES}.ndjson", rival.pack));
    let generated = (rival.generate)(CASES, SEED);
    fs::write(&cases, &generated)?;
    let identity = identity(rules, &cases, rival)?;
    let mut by_hand = vec![std::env::current_exe()?.display().to_string(), "by-hand".into(), rival.pack.into()];
    by_hand.push(cases.display().to_string());
    by_hand.extend([
        identity.pack_id,
        identity.pack_version,
        identity.pack_sha256,
        identity.engine_version,
        identity.engine_sha256,
    ]);
    let check = |name, options: &[&str]| {
        let mut command = check_command(rules, rival, &cases);
        command.extend(options.iter().map(ToString::to_string));
        Candidate { name, command, took: Vec::new() }
    };
    let mut candidates = [
        Candidate { name: "hand-written Rust", command: by_hand, took: Vec::new() },
        check("wasmtime, brief records", &["--record", "brief", "--threads", "1"]),
        check("wasmtime, full records", &["--record", "full", "--threads", "1"]),
        check("native, brief records", &["--host", "native", "--record", "brief", "--threads", "1"]),
        check("native, full records", &["--host", "native", "--record", "full", "--threads", "1"]),
        check("wasmtime, brief, two threads", &["--record", "brief", "--threads", "2"]),
    ];
    same_bytes(&candidates[0], &candidates[1..2])?;
    same_bytes(&candidates[0], &candidates[3..4])?;
    same_bytes(&candidates[2], &candidates[4..5])?;
    for _ in 0..ROUNDS {
        for candidate in &mut candidates {
            candidate.took.push(time(&candidate.command)?);
        }
    }
    print_table(rival, generated.len(), &candidates);
    Ok(())
}

fn check_command(rules: &Path, rival: Rival, cases: &Path) -> Vec<String> {
    let pack = workspace().join("rule-packs").join(rival.pack);
    [rules, Path::new("check"), &pack, cases].iter().map(|part| part.display().to_string()).collect()
}

/// Pack and engine as a record of the program says.
fn identity(rules: &Path, cases: &Path, rival: Rival) -> Result<Identity, Failure> {
    let first = cases.with_extension("first.ndjson");
    let generated = (rival.generate)(1, SEED);
    fs::write(&first, generated)?;
    let mut command = check_command(rules, rival, &first);
    command.extend(["--record".into(), "brief".into()]);
    let record: serde_json::Value = serde_json::from_slice(&output(&command)?)?;
    let text = |pointer: &str| record.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    Ok(Identity {
        pack_id: text("/pack/id"),
        pack_version: text("/pack/version"),
        pack_sha256: text("/pack/sha256"),
        engine_version: text("/engine/version"),
        engine_sha256: text("/engine/sha256"),
    })
}

fn run(command: &[String]) -> Result<Command, Failure> {
    let (program, arguments) = command.split_first().ok_or("an empty command")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    Ok(command)
}

fn output(command: &[String]) -> Result<Vec<u8>, Failure> {
    let output = run(command)?.output()?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", command.join(" "), output.status).into());
    }
    Ok(output.stdout)
}

fn same_bytes(one: &Candidate, others: &[Candidate]) -> Result<(), Failure> {
    let expected = output(&one.command)?;
    for other in others {
        let got = output(&other.command)?;
        if let Some(line) = expected
            .split(|byte| *byte == b'\n')
            .zip(got.split(|byte| *byte == b'\n'))
            .position(|(one, other)| one != other)
        {
            return Err(format!("{} and {} differ in record {}", one.name, other.name, line + 1).into());
        }
        if expected.len() != got.len() {
            return Err(format!("{} and {} give different numbers of records", one.name, other.name).into());
        }
    }
    Ok(())
}

fn time(command: &[String]) -> Result<Duration, Failure> {
    let mut command = run(command)?;
    command.stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    if !status.success() {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(start.elapsed())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn print_table(rival: Rival, bytes: usize, candidates: &[Candidate; 6]) {
    println!(
        "\n{}: {CASES} cases, {} bytes a case, {ROUNDS} rounds, medians of ratios pair by pair",
        rival.pack,
        bytes / CASES
    );
    println!("{:<32}{:>12}{:>16}", "", "ratio", "cases a second");
    let [by_hand, brief, full, native_brief, native_full, two_threads] = candidates;
    for candidate in candidates {
        let took = median(candidate.took.iter().map(Duration::as_secs_f64).collect());
        println!("{:<32}{:>12.2}{:>16.0}", candidate.name, candidate.times(by_hand), CASES as f64 / took);
    }
    println!(
        "full records take {:.2} times as long as brief ones, natively {:.2}",
        full.times(brief),
        native_full.times(native_brief)
    );
    println!("two threads are {:.2} times as fast as one", brief.times(two_threads));
}

/// Peak memory of a batch ten times as long.
fn memory(rules: &Path, folder: &Path, rival: Rival) -> Result<(), Failure> {
    for size in [CASES, CASES * 10] {
        let cases = folder.join(format!("{}-{size}.ndjson", rival.pack));
        fs::write(&cases, (rival.generate)(size, SEED))?;
        let mut command = check_command(rules, rival, &cases);
        command.extend(["--record".into(), "brief".into()]);
        let mut child = run(&command)?.stdout(Stdio::null()).spawn()?;
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0_u64;
        while child.try_wait()?.is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            peak = peak.max(kilobytes.unwrap_or(0));
            std::thread::sleep(Duration::from_millis(5));
        }
        println!("{size} cases: peak memory {} MB", peak / 1024);
        fs::remove_file(&cases)?;
    }
    Ok(())
}

/// The hand-written program: reads the cases in chunks of whole lines, as the batch does, and writes to standard output.
fn by_hand(pack: &str, cases: &Path, identity: &[String]) -> Result<(), Failure> {
    let rival = RIVALS.iter().find(|rival| rival.pack == pack).ok_or("no such pack")?;
    let [pack_id, pack_version, pack_sha256, engine_version, engine_sha256] = identity else {
        return Err("five words of identity".into());
    };
    let identity = Identity {
        pack_id: pack_id.clone(),
        pack_version: pack_version.clone(),
        pack_sha256: pack_sha256.clone(),
        engine_version: engine_version.clone(),
        engine_sha256: engine_sha256.clone(),
    };
    let mut file = File::open(cases)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut buffer = Vec::new();
    let mut records = Vec::new();
    loop {
        let read = (&mut file).take(512 * 1024).read_to_end(&mut buffer)?;
        let end = if read == 0 {
            buffer.len()
        } else {
            buffer.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
        };
        let rest = buffer.split_off(end);
        (rival.decide_by_hand)(&buffer, &identity, &mut records);
        out.write_all(&records)?;
        records.clear();
        buffer = rest;
        if read == 0 {
            return Ok(out.flush()?);
        }
    }
}
