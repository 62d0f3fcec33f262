//! `rules serve`: the forms of all packs, and decisions over HTTP.

mod answers;
mod shelf;

use super::EngineOptions;
use super::form::files;
use crate::engine::Host;
use crate::failure::{Failure, Outcome};
use crate::{Ending, terminal};
use answers::Server;
use clap::Args;
use shelf::Shelf;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
#[cfg(unix)]
use std::task::Poll;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Serve a form for every pack, and decisions over HTTP
///
/// The forms decide in the browser: no answer reaches this server. Programs may send a case as JSON to
/// `/api/decide/` and the name of a pack, and get its decision record. A pack that changes is taken up by the next
/// request; one that gets faults is refused, and the last good one keeps serving.
#[derive(Args)]
pub(crate) struct Serve {
    /// The folder with the packs, at any depth, or the folder of one pack
    #[arg(long, value_name = "DIR", default_value = "rule-packs")]
    packs: PathBuf,
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// The address to listen on; the default can be reached from this machine only
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Serve {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let files = files::files()?;
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(threads))?);
        let shelf = Shelf::open(&self.packs, host, threads)?;
        // A first look at every pack, so that faults are told before the first request.
        shelf.all();
        let server = Arc::new(Server { shelf, files, engines: Semaphore::new(threads) });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .map_err(|error| Failure::new(format!("the server cannot start: {error}")))?;
        runtime.block_on(serve(server, SocketAddr::new(self.listen, self.port)))?;
        Ok(Ending::Done)
    }
}

async fn serve(server: Arc<Server>, address: SocketAddr) -> Outcome<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| not_bound(address, &error))?;
    let address = listener.local_addr().unwrap_or(address);
    let stop = told_to_stop().map_err(|error| Failure::new(format!("the server cannot start: {error}")))?;
    terminal::say(&format!("The forms are at http://{address}/ (Ctrl+C ends the server)"));
    axum::serve(listener, answers::router(server))
        .with_graceful_shutdown(stop)
        .await
        .map_err(|error| Failure::new(format!("the server stopped: {error}")))
}

fn not_bound(address: SocketAddr, error: &io::Error) -> Failure {
    let failure = Failure::new(format!("cannot listen on {address}: {error}"));
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            failure.help("another program has this port: choose one with --port, or 0 for any that is free")
        }
        io::ErrorKind::PermissionDenied => failure.help("choose a port above 1023 with --port"),
        _ => failure,
    }
}

/// A future that is done at Ctrl+C or at the signal with which services are stopped. It listens from now on, not only when it is waited for.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    Ok(std::future::poll_fn(move |context| {
        let told = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
        if told { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// A future that is done at Ctrl+C.
#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
