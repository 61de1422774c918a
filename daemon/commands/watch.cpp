#include "daemon/commands/watch.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/program_files.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/node/node.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/texts/catalogue.hpp"
#include "daemon/web/live_watch.hpp"
#include "scanner/values/text.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <nlohmann/json.hpp>

#include <csignal>
#include <exception>
#include <ostream>

namespace cartwatch::commands {

namespace {

using boost::asio::ip::tcp;
using Json = nlohmann::ordered_json;

constexpr const char* watch_prefix = "cartwatch watch: ";

Json name_json(const readiness::Name& name) {
    return {{"zh", name.zh}, {"en", name.en}};
}

Json instant_or_null(const std::optional<Instant>& instant) {
    return instant ? Json(to_text(*instant)) : Json(nullptr);
}

const readiness::Name& subject_name(const store::AlertReport& alert) {
    return alert.step.need.line.empty() ? alert.device_name : alert.product_name;
}

std::string json_line(const store::ArrivedStep& arrived) {
    const store::AlertReport& alert = arrived.alert;
    const store::AlertStep& step = alert.step;
    Json json;
    json["position"] = arrived.position;
    json["at"] = to_text(step.at);
    json["step"] = to_text(step.step);
    json["node"] = step.node;
    json["cart"] = step.key.cart;
    json["cart_name"] = name_json(alert.cart_name);
    json["station"] = alert.station;
    json["subject"] = step.key.subject;
    json["kind"] = step.need.line.empty() ? "device" : "line";
    json["name"] = name_json(subject_name(alert));
    json["strength"] = alert.strength;
    json["episode"] = step.episode;
    json["state"] = to_text(step.state);
    json["severity"] = to_text(step.need.severity);
    json["quantity"] = step.need.quantity;
    json["kinds"] = Json::array();
    for (const readiness::FindingKind kind : step.need.kinds) {
        json["kinds"].push_back(to_text(kind));
    }
    json["by"] = step.by;
    json["by_name"] = alert.by_name;
    json["raised_at"] = to_text(step.raised_at);
    json["expected_at"] = instant_or_null(step.expected_at);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A strength, unless the name ends with it already ("Syringe 5 mL"; but "15 mL" is not "5 mL").
std::string strength_after(std::string_view name, const std::string& strength) {
    if (!name.ends_with(strength)) {
        return strength;
    }
    name.remove_suffix(strength.size());
    const bool within_a_number =
        !name.empty()
        && (is_digit(name.back())
            || std::string_view(".,/").find(name.back()) != std::string_view::npos);
    return within_a_number ? strength : "";
}

// A line for people, in the hospital's time.
class Words {
public:
    Words(clock::Calendar calendar, texts::Catalogue catalogue, std::string language)
        : calendar_(std::move(calendar)),
          catalogue_(std::move(catalogue)),
          language_(std::move(language)) {}

    [[nodiscard]] std::string line(const store::AlertReport& alert) const {
        const store::AlertStep& step = alert.step;
        texts::Values values;
        values["at"] = calendar_.wall_clock(step.at);
        values["severity"] =
            catalogue_.text("severity." + std::string(to_text(step.need.severity)), {});
        values["node"] = step.node;
        values["cart"] = spoken(alert.cart_name, step.key.cart);
        values["name"] = spoken(subject_name(alert), step.key.subject);
        values["step"] = catalogue_.text("watch.step." + std::string(to_text(step.step)), {});
        put(values, "strength", strength_after(values["name"], alert.strength));
        put(values, "quantity", step.need.quantity > 0 ? std::to_string(step.need.quantity) : "");
        put(values, "by", alert.by_name);
        put(values, "expected", step.expected_at ? calendar_.wall_clock(*step.expected_at) : "");
        return catalogue_.text("watch.line", values);
    }

private:
    [[nodiscard]] std::string spoken(const readiness::Name& name, const std::string& id) const {
        const std::string& text = language_ == "en" && !name.en.empty() ? name.en : name.zh;
        return text.empty() ? id : text;
    }

    // What is not known is left out of the text, with what stands around it.
    static void put(texts::Values& values, const char* name, const std::string& value) {
        if (!value.empty()) {
            values[name] = value;
        }
    }

    clock::Calendar calendar_;
    texts::Catalogue catalogue_;
    std::string language_;
};

// Writes what has come since it was last asked.
class Teller {
public:
    Teller(const WatchArguments& arguments, std::optional<Words> words, std::ostream& out)
        : file_(node::store_file(arguments.node.common)),
          after_(arguments.after),
          words_(std::move(words)),
          out_(out) {}

    // Throws StoreFailure where the store cannot be read.
    void tell() {
        store::Reader reader(file_);
        const auto write = [&](const store::ArrivedStep& step) {
            out_ << (words_ ? words_->line(step.alert) : json_line(step)) << '\n';
        };
        const std::int64_t last = reader.last_position();
        if (after_) {
            reader.alerts_after(*after_, write);
        } else {
            reader.open_alerts(write);
        }
        after_ = last;
        out_.flush();
    }

    [[nodiscard]] bool writes() const {
        return out_.good();
    }

private:
    std::filesystem::path file_;
    std::optional<std::int64_t> after_;
    std::optional<Words> words_;
    std::ostream& out_;
};

// Where the daemon's pages are, seen from this machine.
Result<tcp::endpoint> daemon_of(const config::WebConfig& web) {
    boost::system::error_code error;
    auto address = boost::asio::ip::make_address(web.address, error);
    if (error) {
        return refused(
            ErrorCode::bad_input, "web address \"" + web.address + "\" is no IP address");
    }
    if (web.port == 0) {
        return refused(
            ErrorCode::bad_input,
            "the configuration's web port is 0, any free one: name one, so that the daemon is "
            "found there; or ask with --once");
    }
    if (address.is_unspecified()) {
        address = address.is_v6()
                      ? boost::asio::ip::address(boost::asio::ip::address_v6::loopback())
                      : boost::asio::ip::address_v4::loopback();
    }
    return tcp::endpoint(address, static_cast<std::uint16_t>(web.port));
}

// Tells at each change, until a signal or until nobody reads.
void follow(Teller& teller, const tcp::endpoint& daemon, std::ostream& err) {
    boost::asio::io_context loop{1};
    loop::SystemClock clock(loop.get_executor());
    web::LiveWatchHandler handler;
    handler.changed = [&] {
        teller.tell();
        if (!teller.writes()) {
            loop.stop();
        }
    };
    handler.lost = [&](const std::string& why) {
        err << watch_prefix << "the daemon does not answer at " << daemon << " (" << why
            << "): calling again each second" << std::endl;
    };
    web::LiveWatch watch(loop.get_executor(), clock, daemon, std::move(handler));
    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait(
        [&](const boost::system::error_code& /*error*/, int /*signal*/) { loop.stop(); });
    std::exception_ptr failure;
    loop::start_task(
        loop.get_executor(),
        "watch",
        watch.run(),
        [&](std::string_view, const std::exception_ptr& why) {
            failure = why;
            loop.stop();
        });
    loop.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
}

Result<std::optional<Words>> words_of(const WatchArguments& arguments) {
    if (arguments.json) {
        return std::optional<Words>();
    }
    auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    if (!calendar) {
        return tl::unexpected(calendar.error());
    }
    auto catalogue = texts::Catalogue::load(installed_folder("texts"), arguments.language);
    if (!catalogue) {
        return tl::unexpected(catalogue.error());
    }
    return std::optional(Words(std::move(*calendar), std::move(*catalogue), arguments.language));
}

int refused_with(const Error& error, std::ostream& err) {
    err << watch_prefix << error.text << '\n';
    return 2;
}

} // namespace

int run_watch(const WatchArguments& arguments, std::ostream& out, std::ostream& err) {
    auto words = words_of(arguments);
    if (!words) {
        return refused_with(words.error(), err);
    }
    const auto daemon = daemon_of(arguments.node.common.web);
    if (!daemon && !arguments.once) {
        return refused_with(daemon.error(), err);
    }
    Teller teller(arguments, std::move(*words), out);
    try {
        teller.tell();
        if (!arguments.once && teller.writes()) {
            follow(teller, *daemon, err);
        }
        return 0;
    } catch (const store::StoreFailure& failure) {
        err << watch_prefix;
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
