//! `GET /metrics`: every number that is counted, for Prometheus. `docs/metrics.md` explains each.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::exposition::{self, Exposition};
use super::{process, rebound};
use crate::audit::Audit;
use crate::backend::Backend;
use crate::log;
use crate::metrics::Metrics;
use crate::table::Table;
use crate::traces::{SpanCounts, Traces};
use crate::web::State;

/// For how many connections of people there is room.
#[derive(Clone, Copy, Debug)]
pub struct MostConnections(pub usize);

/// Most brands of which each has its lines from the start. Of more there would be megabytes of zeros.
const MOST_WITH_ZEROS: usize = 1000;

/// Everything as it is now.
pub(super) async fn metrics(
    request: HttpRequest,
    state: Data<State>,
    most: Data<MostConnections>,
) -> HttpResponse {
    if let Some(refused) = rebound::refused(request.head()) {
        return refused;
    }
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, exposition::CONTENT_TYPE))
        .body(text(&state, **most))
}

fn text(state: &State, most: MostConnections) -> String {
    let mut text = Exposition::default();
    let table = state.table();
    about_sign_ins(&mut text, &table);
    about_requests(&mut text, &state.metrics);
    about_store(&mut text, state);
    about_providers(&mut text, &table);
    about_configuration(&mut text, &state.metrics, &table);
    let (lost, omitted) = log::unwritten();
    let mut lines =
        text.counter("brandgate_log_lines_dropped_total", "Log lines that nobody can read.");
    lines.put(&[("reason", "not_writable")], lost);
    lines.put(&[("reason", "too_many")], omitted);
    let audit = state.audit.as_ref();
    text.counter("brandgate_audit_lines_dropped_total", "Lines of the audit log that are lost.")
        .put(&[], audit.map_or(0, Audit::lost));
    text.gauge("brandgate_audit_failing", "1 if the audit log cannot be written now.")
        .put(&[], u8::from(audit.and_then(Audit::failure).is_some()));
    text.gauge("brandgate_connections", "Connections of people.")
        .put(&[], state.metrics.connections.get());
    text.gauge("brandgate_connections_max", "How many there is room for.").put(&[], most.0);
    text.counter(
        "brandgate_connections_refused_total",
        "Connections that were closed at once, because their address had enough or begins TLS too often.",
    )
    .put(&[], state.metrics.connections_refused.get());
    text.counter(
        "brandgate_large_requests_cut_off_total",
        "Requests of more than 8 KB that were cut off, because there was no room for more of them.",
    )
    .put(&[], state.metrics.large_requests_cut_off.get());
    about_tls(&mut text, &state.metrics);
    text.counter("brandgate_admin_refusals_total", "Wrong credentials at the admin page.")
        .put(&[], state.metrics.admin_refusals.get());
    about_traces(&mut text, state.traces.as_ref().map(Traces::told).unwrap_or_default());
    let mut offset =
        text.gauge("brandgate_clock_offset_seconds", "Our clock less Zendesk's, once it is known.");
    if let Some(median) = state.metrics.clock_offset.median() {
        offset.put(&[], median);
    }
    text.gauge("brandgate_build_info", "Always 1; which version runs.")
        .put(&[("version", env!("CARGO_PKG_VERSION"))], 1);
    process::tell(&mut text);
    text.into_text()
}

fn about_sign_ins(text: &mut Exposition, table: &Table) {
    let mut sign_ins = text.counter(
        "brandgate_sign_ins_total",
        "What became of the steps of sign-ins whose brand and backend are known.",
    );
    let is_large = table.brands.iter().count() > MOST_WITH_ZEROS;
    for (brand, backend, counts) in table.sign_ins.iter(&table.brands) {
        let Some(backend) = table.backend(backend) else { continue };
        if is_large && counts.iter().all(|(.., count)| *count == 0) {
            continue;
        }
        for (step, outcome, count) in counts {
            let labels = [
                ("brand", brand.as_str()),
                ("backend", backend.name.as_str()),
                ("step", step),
                ("outcome", outcome),
            ];
            sign_ins.put(&labels, count);
        }
    }
}

fn about_requests(text: &mut Exposition, metrics: &Metrics) {
    let mut refusals = text.counter(
        "brandgate_refusals_total",
        "Requests that were refused or have failed, by the kind that the log has.",
    );
    for (kind, count) in metrics.refusals.iter() {
        refusals.put(&[("kind", kind)], count);
    }
    let mut reported =
        text.counter("brandgate_zendesk_errors_total", "Errors that Zendesk has reported.");
    for (kind, count) in metrics.zendesk_errors.iter() {
        reported.put(&[("kind", kind)], count);
    }
    let mut durations = text.histogram(
        "brandgate_request_duration_seconds",
        "How long requests took that were not answered at once.",
    );
    durations.put_histogram(&[("step", "begin")], &metrics.begin);
    durations.put_histogram(&[("step", "finish")], &metrics.finish);
    durations.put_histogram(&[("step", "other")], &metrics.other);
}

fn about_tls(text: &mut Exposition, metrics: &Metrics) {
    let mut failures = text
        .counter("brandgate_tls_handshake_failures_total", "TLS handshakes that came to nothing.");
    for (error, count) in metrics.handshake_failures.iter() {
        failures.put(&[("error", error)], count);
    }
    let mut expires = text.gauge(
        "brandgate_tls_certificate_expires_timestamp_seconds",
        "When what browsers are shown ends, in Unix seconds.",
    );
    let ends = metrics.certificate_expires.get();
    if ends > 0 {
        expires.put(&[], ends);
    }
}

fn about_store(text: &mut Exposition, state: &State) {
    let store = state.store.metrics();
    text.histogram("brandgate_store_duration_seconds", "How long the store took to answer.")
        .put_histogram(&[], &store.duration);
    let mut failures = text
        .counter("brandgate_store_failures_total", "Questions that the store has not answered.");
    for (error, count) in store.failures.iter() {
        failures.put(&[("error", error)], count);
    }
}

fn about_providers(text: &mut Exposition, table: &Table) {
    let all = || {
        let of = |backend: &Backend| (backend.name.clone(), backend.fetches());
        table.backends.iter().map(of)
    };
    let mut fetches = text.counter(
        "brandgate_provider_fetches_total",
        "How often what a provider publishes was fetched.",
    );
    for (backend, documents) in all() {
        for it in documents {
            let labels = |outcome| {
                [("backend", backend.as_str()), ("document", it.document), ("outcome", outcome)]
            };
            fetches.put(&labels("success"), it.fetched);
            fetches.put(&labels("failure"), it.failed);
        }
    }
    let mut since = text.gauge(
        "brandgate_provider_fetched_timestamp_seconds",
        "When it last was, in Unix seconds.",
    );
    for (backend, documents) in all() {
        for it in documents {
            if let Some(at) = it.since {
                since.put(&[("backend", backend.as_str()), ("document", it.document)], at);
            }
        }
    }
}

fn about_traces(text: &mut Exposition, told: SpanCounts) {
    text.counter("brandgate_trace_spans_sent_total", "Spans that the collector has taken.")
        .put(&[], told.sent);
    let mut dropped =
        text.counter("brandgate_trace_spans_dropped_total", "Spans that no collector has.");
    let reasons =
        [("queue_full", told.unqueued), ("not_sent", told.unsent), ("rejected", told.rejected)];
    for (reason, count) in reasons {
        dropped.put(&[("reason", reason)], count);
    }
}

fn about_configuration(text: &mut Exposition, metrics: &Metrics, table: &Table) {
    let reloads = &metrics.reloads;
    let mut all =
        text.counter("brandgate_config_reloads_total", "Changes of the files that were read.");
    all.put(&[("outcome", "success")], reloads.used.get());
    all.put(&[("outcome", "refused")], reloads.refused.get());
    text.gauge(
        "brandgate_config_last_reload_successful",
        "1 if what the files say is in force, but for a part at most; 0 if something older is.",
    )
    .put(&[], u8::from(reloads.is_in_force()));
    text.gauge(
        "brandgate_config_partly_unused",
        "1 if something that the file in force says is not, such as what takes a restart.",
    )
    .put(&[], u8::from(reloads.is_partly_unused()));
    text.gauge(
        "brandgate_config_last_reload_success_timestamp_seconds",
        "Since when what is in force is so, in Unix seconds.",
    )
    .put(&[], reloads.since());
    let checksum = format!("{:016x}", reloads.checksum());
    text.gauge("brandgate_config_info", "Always 1; a checksum of the file in force.")
        .put(&[("checksum", &checksum)], 1);
    text.gauge("brandgate_brands", "Brands in force.").put(&[], table.brands.iter().count());
    text.gauge("brandgate_backends", "Backends in force.").put(&[], table.backends.iter().len());
    let mut info = text.gauge("brandgate_backend_info", "Always 1; of which type a backend is.");
    for backend in table.backends.iter() {
        info.put(&[("backend", backend.name.as_str()), ("type", backend.kind.as_str())], 1);
    }
}
