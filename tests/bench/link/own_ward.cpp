#include "tests/bench/link/own_ward.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/link/client.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/node/journal_access.hpp"
#include "daemon/trust/identity.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <stdexcept>
#include <thread>

namespace cartwatch::link_bench {

namespace {

using namespace cartwatch::readiness;

const std::string pack = "]d201095210000001001727123110A1";

Instant time_of_day() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Context moment() {
    Context context;
    context.now = time_of_day();
    context.today = std::chrono::floor<std::chrono::days>(context.now);
    context.working_day = context.today;
    context.tag_block = 1;
    return context;
}

Define furniture() {
    Station station;
    station.id = "OR";
    station.name.zh = "手术室";
    Product product;
    product.id = "epi";
    product.name.zh = "肾上腺素";
    product.unit = "支";
    product.identifiers = {{IdentifierKind::gtin, "09521000000100"}};
    Staff nurse;
    nurse.id = "N1";
    nurse.name = "张敏";
    nurse.badge = codes::own_tag(codes::TagType::staff, 1);
    Line line;
    line.id = "epi";
    line.product = "epi";
    line.par = 5;
    Cart cart;
    cart.id = "OR-1";
    cart.name.zh = "抢救车";
    cart.station = "OR";
    cart.lines = {line};
    Define define;
    define.actor = "system";
    define.events = {
        StationDefined{station}, ProductDefined{product}, StaffDefined{nurse}, CartDefined{cart}};
    return define;
}

Scan scan_of(const std::string& text) {
    codes::ReadOptions options;
    options.as_of = moment().today;
    return Scan{codes::read(text, options), false};
}

} // namespace

struct OwnWard::Parts {
    explicit Parts(std::string own) : node(std::move(own)), ledger(options()) {}

    ledger::Options options() {
        ledger::Options options;
        options.node = node;
        options.digest = crypto::sha256;
        options.moment = [](const Policy&) { return moment(); };
        options.post = [this](std::function<void()> act) {
            boost::asio::post(loop, std::move(act));
        };
        options.open_store = [this] {
            return std::make_unique<store::Store>(store::Store::open(
                folder / "cartwatch.db", {node, "pharmacy"}, store::log_bytes_reserved));
        };
        options.broken = [](std::string_view what) { throw std::runtime_error(std::string(what)); };
        return options;
    }

    void call(const Hospital& hospital, const std::optional<crypto::Credentials>& credentials) {
        journal = node::journal_access(ledger, [](std::string_view, std::int64_t) {});
        link::ClientOptions options;
        options.node = node;
        options.addresses = {{"127.0.0.1", hospital.link_port()}};
        if (credentials) {
            options.trust = folder / "trust";
            if (const auto saved = trust::save_identity(options.trust, *credentials); !saved) {
                throw std::runtime_error(saved.error().text);
            }
        }
        link::Services services;
        services.clock = &clock;
        services.journal = &journal;
        services.digest = crypto::sha256;
        services.random = [] { return 0.0; };
        client = std::make_unique<link::Client>(
            loop.get_executor(), std::move(options), std::move(services));
        ledger.observe([this](std::span<const store::Item>) { client->on_committed(); });
        loop::start_task(
            loop.get_executor(),
            "link",
            client->run(),
            [](std::string_view, const std::exception_ptr& failure) {
                std::rethrow_exception(failure);
            });
    }

    // Runs the command on the loop's thread and waits for its answer.
    Accepted run(Command command) {
        std::promise<Accepted> done;
        boost::asio::post(loop, [this, &done, &command] {
            const Time asked = now();
            ledger.submit("OR", std::move(command), [this, &done, asked](Result<Reply> reply) {
                if (!reply) {
                    done.set_exception(
                        std::make_exception_ptr(std::runtime_error(reply.error().text)));
                    return;
                }
                Accepted accepted;
                accepted.asked = asked;
                accepted.answered = now();
                accepted.seq = ledger.head(node).seq;
                done.set_value(accepted);
            });
        });
        return done.get_future().get();
    }

    std::string node;
    support::TemporaryFolder folder;
    boost::asio::io_context loop{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        loop.get_executor()};
    loop::SystemClock clock{loop.get_executor()};
    ledger::Ledger ledger;
    link::Journal journal;
    std::unique_ptr<link::Client> client;
    int quantity = 0;
    std::thread thread;
};

OwnWard::OwnWard(
    const std::string& node,
    const Hospital* hospital,
    const std::optional<crypto::Credentials>& credentials)
    : parts_(std::make_unique<Parts>(node)) {
    if (hospital != nullptr) {
        parts_->call(*hospital, credentials);
    }
    parts_->thread = std::thread([parts = parts_.get()] { parts->loop.run(); });
    parts_->run(furniture());
    parts_->run(scan_of(codes::own_tag(codes::TagType::staff, 1)));
    parts_->run(scan_of(node_of(parts_->ledger.state(), node).carts.at("OR-1").tag));
    parts_->run(scan_of(pack));
}

OwnWard::~OwnWard() {
    parts_->loop.stop();
    parts_->thread.join();
}

OwnWard::Accepted OwnWard::accept() {
    constexpr int most = 9;
    const int quantity = parts_->quantity++ % most + 1;
    const std::int64_t before = parts_->ledger.head(parts_->node).seq;
    const Accepted accepted = parts_->run(EnterQuantity{quantity, "epi"});
    if (accepted.seq != before + 1) {
        throw std::runtime_error("a quantity was not recorded as one entry");
    }
    return accepted;
}

} // namespace cartwatch::link_bench
