//! Prometheus' text format, version 0.0.4: a head for each metric, then a line for each number.

use std::fmt::{Display, Write as _};

use crate::metrics::{BOUNDS, Histogram};

/// What `Content-Type` says of it.
pub(super) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What is told so far. Names, labels and their values are names of ours or of the file: nothing in
/// them has to be written otherwise.
#[derive(Debug, Default)]
pub(super) struct Exposition(String);

/// One metric, in the midst of its lines.
#[derive(Debug)]
pub(super) struct Family<'a> {
    text: &'a mut String,
    name: &'static str,
}

impl Exposition {
    /// Begins with what only grows.
    pub(super) fn counter(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "counter", help)
    }

    /// Begins with what goes up and down.
    pub(super) fn gauge(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "gauge", help)
    }

    /// Begins with what is told in classes.
    pub(super) fn histogram(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "histogram", help)
    }

    fn family(&mut self, name: &'static str, kind: &str, help: &str) -> Family<'_> {
        // Writing to a string does not fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
        Family { text: &mut self.0, name }
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// Writes one line, with these labels.
    pub(super) fn put(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.line("", labels, &value);
    }

    /// The numbers of `histogram`.
    pub(super) fn put_histogram(&mut self, labels: &[(&str, &str)], histogram: &Histogram) {
        let (cumulative, all) = histogram.cumulative();
        let within = |bound| labels.iter().copied().chain([("le", bound)]).collect::<Vec<_>>();
        for ((_, bound), count) in BOUNDS.iter().zip(cumulative) {
            self.line("_bucket", &within(bound), &count);
        }
        self.line("_bucket", &within("+Inf"), &all);
        let microseconds = histogram.microseconds();
        let sum = format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000);
        self.line("_sum", labels, &sum);
        self.line("_count", labels, &all);
    }

    fn line(&mut self, suffix: &str, labels: &[(&str, &str)], value: &dyn Display) {
        let Self { text, name } = self;
        text.push_str(name);
        text.push_str(suffix);
        for (place, (label, is)) in labels.iter().enumerate() {
            text.push(if place == 0 { '{' } else { ',' });
            for part in [label, "=\"", is, "\""] {
                text.push_str(part);
            }
        }
        if !labels.is_empty() {
            text.push('}');
        }
        let _ = writeln!(text, " {value}");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Exposition;
    use crate::metrics::Histogram;

    #[test]
    fn the_text_is_as_prometheus_reads_it() {
        let mut text = Exposition::default();
        let mut counter = text.counter("sign_ins_total", "Sign-ins.");
        counter.put(&[("brand", "shoes"), ("step", "begin")], 7);
        counter.put(&[], 8);
        let histogram = Histogram::default();
        histogram.observe(Duration::from_micros(1_500));
        histogram.observe(Duration::from_secs(11));
        text.histogram("seconds", "How long.").put_histogram(&[("step", "finish")], &histogram);
        let text = text.into_text();
        assert!(text.starts_with(
            "# HELP sign_ins_total Sign-ins.\n# TYPE sign_ins_total counter\n\
             sign_ins_total{brand=\"shoes\",step=\"begin\"} 7\nsign_ins_total 8\n"
        ));
        for line in [
            "seconds_bucket{step=\"finish\",le=\"0.001\"} 0",
            "seconds_bucket{step=\"finish\",le=\"0.0025\"} 1",
            "seconds_bucket{step=\"finish\",le=\"10\"} 1",
            "seconds_bucket{step=\"finish\",le=\"+Inf\"} 2",
            "seconds_sum{step=\"finish\"} 11.001500",
            "seconds_count{step=\"finish\"} 2",
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }
}
