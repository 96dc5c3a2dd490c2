//! The private listener: `HttpServer` as it is, with one thread.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_http::KeepAlive;
use actix_server::Server;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::descriptors;
use crate::ops::{self, Admin, MostConnections, Readiness};
use crate::web::State;

/// How long a request may take to be said, and what is under way to be finished, in seconds.
const PATIENCE: u64 = 1;

/// Tells on `listener` how the service does, which has room for so many connections of people.
pub(super) fn serve(
    listener: TcpListener,
    state: Data<State>,
    admin: Data<Admin>,
    readiness: Readiness,
    most: MostConnections,
) -> io::Result<Server> {
    let (readiness, most) = (Data::new(readiness), Data::new(most));
    let app = move || {
        let app = App::new().app_data(readiness.clone()).app_data(state.clone());
        app.app_data(most.clone()).app_data(admin.clone()).configure(ops::routes)
    };
    let server = HttpServer::new(app)
        .workers(1)
        .max_connections(descriptors::MOST_OF_HEALTH)
        // Nobody holds a place of those who ask for the next time they will.
        .keep_alive(KeepAlive::Disabled)
        .client_request_timeout(Duration::from_secs(PATIENCE))
        .shutdown_timeout(PATIENCE)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}
