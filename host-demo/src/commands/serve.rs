//! `rules serve`: the forms of all packs, and decisions over HTTP.

mod answers;
mod shelf;

use super::form::files;
use crate::engine::{Host, HostKind, Limits};
use crate::failure::{Failure, Outcome};
use answers::Server;
use shelf::Shelf;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// The options of `rules serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the packs, or the folder of one pack
    #[arg(long, value_name = "DIR", default_value = "rule-packs")]
    packs: PathBuf,
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// The address to listen on. The default can be reached from this machine only
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// Where the engine runs
    #[arg(long, value_enum, default_value_t = HostKind::Wasm)]
    host: HostKind,
    /// Take the GOV.UK Design System's style sheet from here instead of from npm's folder
    #[arg(long, value_name = "FILE")]
    styles: Option<PathBuf>,
}

/// Serves until it is told to stop.
pub(crate) fn run(arguments: &Arguments) -> Outcome<ExitCode> {
    let files = files::files(arguments.styles.as_deref())?;
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    // As many engines wait as work, and one more may be loading a changed pack.
    let limits = Limits { memory: 256 << 20, engines: u32::try_from(2 * threads + 1).unwrap_or(u32::MAX) };
    let host = Arc::new(Host::open(arguments.host, limits)?);
    let shelf = Shelf::open(&arguments.packs, host, threads)?;
    for found in shelf.all() {
        if found.pack.is_none() {
            eprintln!("{}: not served until its faults are mended", found.name);
        }
    }
    let server = Arc::new(Server { shelf, files, engines: Semaphore::new(threads) });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(|error| Failure::new(format!("the server cannot start: {error}")))?;
    runtime.block_on(serve(server, SocketAddr::new(arguments.listen, arguments.port)))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(server: Arc<Server>, address: SocketAddr) -> Outcome<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| not_bound(address, &error))?;
    let address = listener.local_addr().unwrap_or(address);
    eprintln!("The forms are at http://{address}/ (stop with Ctrl+C)");
    axum::serve(listener, answers::router(server))
        .with_graceful_shutdown(told_to_stop())
        .await
        .map_err(|error| Failure::new(format!("the server stopped: {error}")))
}

fn not_bound(address: SocketAddr, error: &io::Error) -> Failure {
    let failure = Failure::new(format!("cannot listen on {address}: {error}"));
    match error.kind() {
        io::ErrorKind::AddrInUse => failure.help("another program has this port: choose one with --port, or 0 for any that is free"),
        io::ErrorKind::PermissionDenied => failure.help("choose a port above 1023 with --port"),
        _ => failure,
    }
}

/// Waits for Ctrl+C or for the signal with which services are stopped. What is being answered is answered first.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            let mut interrupt = std::pin::pin!(interrupt);
            std::future::poll_fn(|context| {
                let stop = interrupt.as_mut().poll(context).is_ready() || terminate.poll_recv(context).is_ready();
                if stop { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
            return;
        }
    }
    let _ = interrupt.await;
}
