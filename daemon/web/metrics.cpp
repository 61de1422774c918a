#include "daemon/web/metrics.hpp"

#include <array>
#include <chrono>

namespace cartwatch::web {

namespace {

using readiness::Severity;

// Appends families of samples. Label values are our own words: no quote, no backslash, no line end.
class Exposition {
public:
    void family(const std::string& name, const std::string& type, const std::string& help) {
        name_ = "cartwatch_" + name;
        text_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " " + type + "\n";
    }

    void sample(std::int64_t value) {
        text_ += name_ + " " + std::to_string(value) + "\n";
    }

    void sample(const std::string& label, std::string_view label_value, std::int64_t value) {
        text_ += name_ + "{" + label + "=\"" + std::string(label_value) + "\"} "
                 + std::to_string(value) + "\n";
    }

    [[nodiscard]] const std::string& text() const {
        return text_;
    }

private:
    std::string name_;
    std::string text_;
};

void put_journal(Exposition& out, const Service& service) {
    const Figures figures = service.figures();
    out.family("entries", "gauge", "Journal entries in the store, of all nodes.");
    out.sample(figures.entries);
    out.family("commits_total", "counter", "Transactions committed since the start.");
    out.sample(figures.commits);
    out.family("scans_total", "counter", "Scans since the start, by verdict.");
    for (const auto& [verdict, count] : figures.scans_by_verdict) {
        out.sample("verdict", verdict, count);
    }
    out.family("recording", "gauge", "1 while entries can be recorded.");
    out.sample(service.recording() ? 1 : 0);
    out.family("process_start_time_seconds", "gauge", "When this process started, Unix time.");
    out.sample(
        std::chrono::floor<std::chrono::seconds>(figures.started_at).time_since_epoch().count());
}

void put_alerts(Exposition& out, const Service& service) {
    constexpr std::array severities{
        Severity::critical, Severity::high, Severity::normal, Severity::notice};
    std::map<Severity, std::int64_t> open;
    for (const auto& [name, node] : service.state().nodes) {
        for (const auto& [key, alert] : node.alerts) {
            open[alert.need.severity] += alert.open() ? 1 : 0;
        }
    }
    out.family("open_alerts", "gauge", "Shortage alerts that are open, by severity.");
    for (const Severity severity : severities) {
        out.sample("severity", to_text(severity), open[severity]);
    }
}

void put_link(Exposition& out, const Service& service) {
    if (service.link_status) {
        const LinkStatus link = service.link_status();
        out.family("link_connected", "gauge", "1 while the pharmacy is connected.");
        out.sample(link.state == LinkState::connected ? 1 : 0);
        out.family("link_waiting_entries", "gauge", "Own entries that the pharmacy has not yet.");
        out.sample(link.waiting);
    }
    if (service.ward_statuses) {
        const auto wards = service.ward_statuses();
        out.family("ward_connected", "gauge", "1 while this ward is connected.");
        for (const WardStatus& ward : wards) {
            out.sample("node", ward.node, ward.connected ? 1 : 0);
        }
        out.family("ward_entries", "gauge", "Entries held of this ward's journal.");
        for (const WardStatus& ward : wards) {
            out.sample("node", ward.node, ward.entries);
        }
    }
}

void put_http(Exposition& out, const HttpFigures& http) {
    out.family("http_responses_total", "counter", "HTTP answers since the start, by status.");
    for (const auto& [status, count] : http.answers_by_status) {
        out.sample("code", std::to_string(status), count);
    }
    out.family("http_connections", "gauge", "Connections open now.");
    out.sample(http.connections);
    out.family("live_pages", "gauge", "Pages that are kept up to date now.");
    out.sample(http.live_pages);
}

} // namespace

std::string metrics_text(const Service& service, const HttpFigures& http) {
    Exposition out;
    put_journal(out, service);
    put_alerts(out, service);
    put_link(out, service);
    put_http(out, http);
    return out.text();
}

} // namespace cartwatch::web
