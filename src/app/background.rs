//! What works beside the listeners, in their runtime.

use std::io;
use std::time::Duration;

use actix_server::Server;
use actix_web::rt::spawn;
use actix_web::web::Data;
use tokio::time::{sleep, timeout};

use crate::ops::Admin;
use crate::store::Reconnector;
use crate::traces::{self, Exporter};
use crate::web::State;

/// How often the minutes of the admin page are counted.
const COUNTED: Duration = Duration::from_secs(15);

/// What works as long as anybody is served.
pub(super) struct Background {
    pub(super) state: Data<State>,
    pub(super) admin: Data<Admin>,
    pub(super) reconnector: Option<Reconnector>,
    pub(super) exporter: Option<Exporter>,
}

impl Background {
    /// Serves on both listeners, until both have stopped.
    pub(super) async fn serve(self, public: Server, private: Server) -> io::Result<()> {
        let Self { state, admin, reconnector, exporter } = self;
        if let Some(mut reconnector) = reconnector {
            // Whoever comes first finds the store there, if it is.
            reconnector.start().await;
            // It ends with this runtime.
            drop(spawn(reconnector.keep()));
        }
        // So does this.
        drop(spawn({
            let state = state.clone();
            async move {
                loop {
                    sleep(COUNTED).await;
                    admin.take(&state);
                }
            }
        }));
        let exporting = exporter.map(|it| spawn(it.run()));
        let (public, private) = futures_util::join!(public, private);
        if let (Some(traces), Some(exporting)) = (&state.traces, exporting) {
            traces.end();
            let _ = timeout(traces::PATIENCE, exporting).await;
        }
        public.and(private)
    }
}
