#include "daemon/ward/ward.hpp"

#include "daemon/commands/reading_json.hpp"
#include "daemon/crypto/sha256.hpp"
#include "daemon/link/client.hpp"
#include "daemon/link/renewal.hpp"
#include "daemon/log/log.hpp"
#include "daemon/node/daemon_life.hpp"
#include "daemon/node/journal_access.hpp"
#include "daemon/node/node.hpp"
#include "daemon/node/past_keeper.hpp"
#include "daemon/readiness/awaited.hpp"
#include "daemon/records/records.hpp"
#include "daemon/scanners/picture_service.hpp"
#include "daemon/trust/authority.hpp"
#include "daemon/trust/identity.hpp"
#include "daemon/ward/pictures.hpp"
#include "daemon/ward/scanner_checks.hpp"
#include "daemon/ward/scans.hpp"
#include "daemon/web/views.hpp"

#include <algorithm>
#include <random>

namespace cartwatch::ward {

namespace {

// How far the pharmacy is behind, as the pages show it.
class Outbox {
public:
    Outbox(const config::WardConfig& config, ledger::Ledger& ledger)
        : node_(config.node),
          peer_(config.pharmacy_node),
          linked_(!config.pharmacy_addresses.empty()),
          ledger_(ledger),
          acknowledged_(ledger.store() ? ledger.store()->acknowledged(config.pharmacy_node) : 0) {}

    void acknowledge(std::int64_t seq) {
        acknowledged_ = seq;
        if (ledger_.store()) {
            ledger_.store()->set_acknowledged(peer_, seq, clock::system_now());
        }
    }

    void show(const link::Status& status) {
        state_ = status.state == link::Status::State::connected ? web::LinkState::connected
                                                                : web::LinkState::connecting;
        problem_ = node::problem_of(status);
    }

    [[nodiscard]] web::LinkStatus status() {
        web::LinkStatus status;
        status.state = linked_ ? state_ : web::LinkState::off;
        status.delivered_seq = acknowledged_;
        if (linked_) {
            // A pharmacy may hold more of this ward's journal than is back here.
            status.waiting = std::max(ledger_.head(node_).seq - acknowledged_, std::int64_t{0});
            status.problem = problem_;
            status.waiting_since = waiting_since();
        }
        return status;
    }

private:
    // When the first entry that waits was written; asked of the store once an acknowledgement.
    std::optional<Instant> waiting_since() {
        if (ledger_.head(node_).seq <= acknowledged_ || !ledger_.store()) {
            return std::nullopt;
        }
        if (known_after_ != acknowledged_) {
            const auto waiting = node::entries_if_readable(
                ledger_, node_, acknowledged_, 1, journal::entry_bytes_max);
            if (waiting.empty()) {
                return std::nullopt;
            }
            known_after_ = acknowledged_;
            known_since_ = waiting.front().at;
        }
        return known_since_;
    }

    std::string node_;
    std::string peer_;
    bool linked_;
    ledger::Ledger& ledger_;
    web::LinkState state_ = web::LinkState::connecting;
    std::optional<web::LinkProblem> problem_;
    std::int64_t acknowledged_ = 0;
    std::int64_t known_after_ = -1;
    Instant known_since_;
};

// Whether a certificate is there. Refused where it is another node's, or cannot be read.
Result<bool> has_joined(const std::filesystem::path& folder, const std::string& node) {
    const auto identity = trust::load_identity(folder);
    if (!identity) {
        return tl::make_unexpected(identity.error());
    }
    if (!*identity) {
        return false;
    }
    const auto certificate = crypto::read_certificate((*identity)->certificate);
    if (!certificate) {
        return tl::make_unexpected(certificate.error());
    }
    if (certificate->node != node) {
        return refused(
            ErrorCode::not_allowed,
            "the certificate in " + folder.string() + " is that of " + certificate->node
                + ", and this node is " + node + ": join anew as " + node);
    }
    return true;
}

scanners::DecoderSettings decoder_settings(const config::WardConfig& config) {
    scanners::DecoderSettings settings;
    if (!config.scanner_program.empty()) {
        settings.program = config.scanner_program;
    }
    return settings;
}

// The parts of a ward, in the order in which they are made.
class Ward {
public:
    Ward(const config::WardConfig& config, clock::Calendar calendar)
        : config_(config),
          node_(
              loop_,
              config,
              {web::NodeRole::ward, config.pharmacy_node, config.tag_block},
              calendar),
          records_(
              loop_.get_executor(), node::store_file(config), std::move(calendar), node_.ledger()),
          clock_(loop_.get_executor()),
          past_(node_.ledger(), clock_, config.node, [this] { node_.look_again(); }),
          outbox_(config, node_.ledger()),
          journal_(node::journal_access(
              node_.ledger(),
              [this](std::string_view, std::int64_t seq) {
                  outbox_.acknowledge(seq);
                  node_.web().changed({});
              })),
          pictures_(loop_.get_executor(), decoder_settings(config)),
          checks_(config, outside_of_checks()),
          life_(loop_) {}

    // Refused where an address of the pharmacy cannot be used.
    Result<void> start(const OnReady& on_ready) {
        const auto client = make_client();
        if (!client) {
            return tl::make_unexpected(client.error());
        }
        web::Service service;
        service.role = web::NodeRole::ward;
        service.link_status = [this] { return outbox_.status(); };
        service.awaited_past = [this] { return past_.status(); };
        service.go_on = [this] { past_.go_on(); };
        records_.put(service);
        service.decode_picture = picture_reader(pictures_, node_.ledger());
        service.scanner_checks = checks_.service();
        service.parse_scan = [this](std::string_view station, std::string_view text) {
            return checks_.read_of_page(station, text, node_.ledger().moment().today);
        };
        service.reading_json = [](const codes::Reading& reading) {
            return commands::to_json(reading);
        };
        node_.judge_while([this] { return past_.settled(); });
        past_.start({config_.pharmacy_node}, client_.has_value());
        node_.start(std::move(service));
        scans_ = std::make_unique<Scans>(loop_.get_executor(), config_, node_.ledger(), checks_);
        if (const auto opened = scans_->start(); !opened) {
            return opened;
        }
        start_client();
        life_.on_signal([this] { stop(); });
        if (on_ready) {
            on_ready(node_.web().port());
        }
        return {};
    }

    int run() {
        life_.run();
        return node_.status();
    }

private:
    ScannerChecks::Outside outside_of_checks() {
        return {
            [] { return std::chrono::steady_clock::now(); },
            [this] { return node_.ledger().moment().now; },
            [this](std::string_view station) {
                return web::has_station(node_.ledger().state(), station);
            },
            [this]() -> const readiness::State& { return node_.ledger().state(); },
            [this] { return node_.ledger().moment().today; },
            [this](std::string_view station) {
                return readiness::is_at_work(
                    node_.ledger().session_of(station), node_.ledger().moment().uptime);
            },
            [this](const wire::LayoutLine& line) {
                if (scans_) {
                    scans_->tell(line);
                }
            }};
    }

    // The pharmacy's, in the order tried. Refused where one needs TLS and this ward has not joined.
    Result<std::vector<link::Address>> pharmacy_addresses() {
        const auto joined = has_joined(trust::trust_folder(config_.state), config_.node);
        if (!joined) {
            return tl::make_unexpected(joined.error());
        }
        std::vector<link::Address> addresses;
        for (const std::string& text : config_.pharmacy_addresses) {
            auto address = link::parse_address(text);
            if (!address) {
                return tl::make_unexpected(address.error());
            }
            const auto allowed = link::plain_tcp_allowed(*address);
            if (!*joined && !allowed) {
                return tl::make_unexpected(allowed.error());
            }
            addresses.push_back(*address);
        }
        return addresses;
    }

    Result<void> make_client() {
        if (config_.pharmacy_addresses.empty()) {
            return {};
        }
        auto addresses = pharmacy_addresses();
        if (!addresses) {
            return tl::make_unexpected(addresses.error());
        }
        link::ClientOptions options;
        options.node = config_.node;
        options.peer = config_.pharmacy_node;
        options.addresses = *addresses;
        options.trust = trust::trust_folder(config_.state);
        make_renewal(std::move(*addresses));
        link::Services services;
        services.clock = &clock_;
        services.journal = &journal_;
        services.digest = crypto::sha256;
        services.random = [this] { return std::uniform_real_distribution<double>()(random_); };
        services.on_status = [this](const link::Status& status) {
            outbox_.show(status);
            past_.hear(status);
            node_.web().changed({});
        };
        services.note = [](std::string_view text) { log::info(text); };
        services.on_failure = node_.on_failure();
        client_.emplace(loop_.get_executor(), std::move(options), services);
        return {};
    }

    void make_renewal(std::vector<link::Address> addresses) {
        link::RenewalOptions options;
        options.names = {config_.node, config_.pharmacy_node};
        options.addresses = std::move(addresses);
        options.trust = trust::trust_folder(config_.state);
        renewal_.emplace(
            loop_.get_executor(),
            clock_,
            std::move(options),
            [](std::string_view text) { log::info(text); },
            [this] { client_->certificate_renewed(); });
    }

    void start_client() {
        if (client_) {
            node_.ledger().observe(
                [this](std::span<const store::Item>) { client_->on_committed(); });
            loop::start_task(
                loop_.get_executor(), "link to the pharmacy", client_->run(), node_.on_failure());
            loop::start_task(loop_.get_executor(), "renewal", renewal_->run(), node_.on_failure());
        }
    }

    void stop() {
        scans_.reset();
        past_.stop();
        if (client_) {
            client_->stop();
            renewal_->stop();
        }
        node_.stop();
    }

    const config::WardConfig& config_;
    boost::asio::io_context loop_{1};
    node::Node node_;
    records::Records records_;
    loop::SystemClock clock_;
    node::PastKeeper past_;
    Outbox outbox_;
    link::Journal journal_;
    std::mt19937 random_{std::random_device{}()};
    std::optional<link::Client> client_;
    std::optional<link::Renewal> renewal_;
    scanners::PictureService pictures_;
    ScannerChecks checks_;
    std::unique_ptr<Scans> scans_;
    node::LoopLife life_;
};

} // namespace

int run(const config::WardConfig& config, const OnReady& on_ready) {
    return node::run_daemon<Ward>(config, on_ready);
}

} // namespace cartwatch::ward
