#include "daemon/pharmacy/pharmacy.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/link/server.hpp"
#include "daemon/log/log.hpp"
#include "daemon/node/daemon_life.hpp"
#include "daemon/node/journal_access.hpp"
#include "daemon/node/node.hpp"
#include "daemon/node/past_keeper.hpp"
#include "daemon/records/records.hpp"
#include "daemon/trust/authority.hpp"
#include "daemon/trust/folder_watch.hpp"
#include "daemon/trust/mark_key.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace cartwatch::pharmacy {

namespace {

class Pharmacy {
public:
    Pharmacy(const config::PharmacyConfig& config, clock::Calendar calendar)
        : config_(config),
          node_(loop_, config, {web::NodeRole::pharmacy, config.node, 0}, calendar),
          records_(
              loop_.get_executor(), node::store_file(config), std::move(calendar), node_.ledger()),
          clock_(loop_.get_executor()),
          past_(node_.ledger(), clock_, config.node, [this] { node_.look_again(); }),
          journal_(node::journal_access(node_.ledger(), [](std::string_view, std::int64_t) {})),
          authority_(trust::trust_folder(config.state), config.node),
          server_(loop_.get_executor(), server_options(config, authority_), services()),
          certificates_(loop_.get_executor(), [this] { server_.certificates_changed(); }),
          life_(loop_) {}

    // Refused where the wards' address cannot be had.
    Result<void> start(const OnReady& on_ready) {
        if (const auto made = authority_.make_folders(); !made) {
            return made;
        }
        auto key = trust::MarkKey::load(trust::trust_folder(config_.state));
        if (!key) {
            return Unexpected(key.error());
        }
        mark_key_.emplace(std::move(*key));
        if (const auto opened = server_.open(); !opened) {
            return opened;
        }
        if (const auto watched = certificates_.start(authority_.records_folder()); !watched) {
            return watched;
        }
        note_last_entries();
        node_.ledger().observe([this](std::span<const store::Item> items) {
            for (const store::Item& item : items) {
                last_entry_at_[item.entry.node] = item.entry.at;
            }
            settle_marks();
            tell_wards_of(items);
        });
        web::Service service;
        service.role = web::NodeRole::pharmacy;
        service.ward_statuses = [this] { return ward_statuses(); };
        service.awaited_past = [this] { return past_.status(); };
        service.go_on = [this] { past_.go_on(); };
        records_.put(service);
        node_.judge_while([this] { return past_.settled(); });
        wait_for_past();
        settle_marks();
        node_.start(std::move(service));
        loop::start_task(
            loop_.get_executor(), "link to the wards", server_.run(), node_.on_failure());
        log::info(config_.node + ": wards on port " + std::to_string(server_.port()));
        life_.on_signal([this] { stop(); });
        if (on_ready) {
            on_ready(node_.web().port(), server_.port());
        }
        return {};
    }

    int run() {
        life_.run();
        return node_.status();
    }

private:
    static link::ServerOptions
    server_options(const config::PharmacyConfig& config, trust::Authority& authority) {
        link::ServerOptions options;
        options.node = config.node;
        options.listen = {config.link_address, static_cast<std::uint16_t>(config.link_port)};
        options.nodes = config.wards;
        options.authority = &authority;
        return options;
    }

    link::Services services() {
        link::Services services;
        services.clock = &clock_;
        services.journal = &journal_;
        services.digest = crypto::sha256;
        services.marks.of = [this](const std::string& node, const journal::Head& end) {
            return mark_key_->mark(node, end.seq, end.hash);
        };
        services.marks.demanded = [this](std::int64_t seq) { return mark_key_->demands(seq); };
        services.on_status = [this](const link::Status& status) { show_connection(status); };
        services.note = [](std::string_view text) { log::info(text); };
        services.on_failure = node_.on_failure();
        return services;
    }

    // What the wards sent is not sent back: with a thousand of them connected, asking each whether
    // there is something to send would cost more than the commit.
    void tell_wards_of(std::span<const store::Item> items) {
        const auto is_own = [this](const store::Item& item) {
            return item.entry.node == config_.node;
        };
        if (items.empty() || std::any_of(items.begin(), items.end(), is_own)) {
            server_.on_committed();
        }
    }

    // A status changes with every line heard; the board shows who is connected, what a person has
    // to look at, and what is still to come back.
    void show_connection(const link::Status& status) {
        past_.hear(status);
        const bool is_connected = status.state == link::Status::State::connected;
        const bool changed = is_connected ? connected_.insert(status.peer).second
                                          : connected_.erase(status.peer) > 0;
        const auto problem = node::problem_of(status);
        const std::string code = problem ? problem->code : "";
        const bool other_problem = code.empty()
                                       ? problems_.erase(status.peer) > 0
                                       : std::exchange(problems_[status.peer], code) != code;
        if (changed || other_problem || node_.ledger().awaited_past()) {
            node_.web().changed({});
        }
    }

    // Every ward may hold entries of this pharmacy that are not here any more: those of the list,
    // or else those that joined and those whose journals are here.
    void wait_for_past() {
        std::set<std::string> wards(config_.wards.begin(), config_.wards.end());
        if (wards.empty()) {
            const std::vector<std::string> joined = authority_.joined_nodes();
            wards.insert(joined.begin(), joined.end());
            for (const auto& [node, head] : node_.ledger().heads()) {
                wards.insert(node);
            }
            wards.erase(config_.node);
        }
        past_.start({wards.begin(), wards.end()}, !wards.empty());
    }

    // A key that was made on an empty disk, or before a backup was restored, may be younger than
    // what the wards hold: it is settled once nothing of that is awaited any more.
    void settle_marks() {
        const std::int64_t last = node_.ledger().head(config_.node).seq;
        if (mark_key_->is_settled() || node_.ledger().awaited_past() || last == 0) {
            return;
        }
        // With no ward's journal here none was ever connected: nobody holds an entry without a
        // mark.
        const bool alone = node_.ledger().heads().size() == 1;
        if (const auto settled = mark_key_->settle(alone ? 0 : last); !settled) {
            log::error(settled.error().text);
        }
    }

    void note_last_entries() {
        for (const auto& [node, head] : node_.ledger().heads()) {
            const auto last = node::entries_if_readable(node_.ledger(), node, head.seq - 1, 1, 1);
            if (!last.empty()) {
                last_entry_at_[node] = last.back().at;
            }
        }
    }

    // Every ward that is connected, expected or known from its journal.
    std::vector<web::WardStatus> ward_statuses() {
        std::map<std::string, web::WardStatus> wards;
        for (const auto& [node, head] : node_.ledger().heads()) {
            if (node != config_.node) {
                wards[node].entries = head.seq;
                wards[node].last_entry_at = last_entry_at_[node];
            }
        }
        for (const link::Status& status : server_.statuses()) {
            web::WardStatus& ward = wards[status.peer];
            ward.connected = status.state == link::Status::State::connected;
            ward.problem = node::problem_of(status);
            ward.last_contact = status.last_contact;
        }
        std::vector<web::WardStatus> result;
        for (auto& [node, ward] : wards) {
            ward.node = node;
            result.push_back(std::move(ward));
        }
        return result;
    }

    void stop() {
        past_.stop();
        server_.stop();
        certificates_.stop();
        node_.stop();
    }

    const config::PharmacyConfig& config_;
    boost::asio::io_context loop_{1};
    node::Node node_;
    records::Records records_;
    loop::SystemClock clock_;
    node::PastKeeper past_;
    link::Journal journal_;
    trust::Authority authority_;
    std::optional<trust::MarkKey> mark_key_; // from the start on
    link::Server server_;
    trust::FolderWatch certificates_;
    std::map<std::string, Instant> last_entry_at_;
    std::set<std::string> connected_;
    std::map<std::string, std::string> problems_; // by ward: the code of what is shown
    node::LoopLife life_;
};

} // namespace

int run(const config::PharmacyConfig& config, const OnReady& on_ready) {
    return node::run_daemon<Pharmacy>(config, on_ready);
}

} // namespace cartwatch::pharmacy
