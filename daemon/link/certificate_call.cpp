#include "daemon/link/certificate_call.hpp"

#include "daemon/link/lines.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_answered = asio::as_tuple(asio::use_awaitable);

Unexpected not_that_pharmacy(const std::string& called, const std::string& why) {
    return refused(
        ErrorCode::not_allowed,
        called + " is not the pharmacy that made this code: " + why
            + "; nothing was told to it. Check the address and the code");
}

} // namespace

CertificateCall::CertificateCall(
    asio::any_io_executor executor, loop::Clock& clock, std::chrono::milliseconds wait)
    : executor_(std::move(executor)),
      clock_(clock),
      wait_(wait),
      resolver_(executor_),
      wire_(asio::ip::tcp::socket(executor_)) {}

asio::awaitable<Result<crypto::Credentials>>
CertificateCall::join(Address address, trust::JoinCode code, Names names, std::string key) {
    const std::string called = to_text(address);
    const loop::Alarm deadline = clock_.after(wait_, [this] { stop(); });
    late_ = false;
    const TlsContext context = joining_context();
    const Result<void> reached = co_await reach(address, context);
    if (!reached) {
        co_return Unexpected(reached.error());
    }
    const Result<std::string> authority = authority_of(code, called);
    if (!authority) {
        co_return Unexpected(authority.error());
    }
    if (const Result<void> named = is_pharmacy(names.pharmacy, called); !named) {
        co_return Unexpected(named.error());
    }
    crypto::Credentials made;
    made.key = std::move(key);
    made.authority = *authority;
    Join question;
    question.node = names.ward;
    question.secret = code.secret;
    question.request = crypto::make_request(made.key, names.ward);
    const Result<Joined> joined = co_await ask(to_line(question));
    if (!joined) {
        co_return Unexpected(joined.error());
    }
    co_return checked(*joined, std::move(made), names);
}

asio::awaitable<Result<crypto::Credentials>>
CertificateCall::renew(Address address, crypto::Credentials present, Names names) {
    const std::string called = to_text(address);
    const loop::Alarm deadline = clock_.after(wait_, [this] { stop(); });
    late_ = false;
    const Result<TlsContext> context = calling_context(present);
    if (!context) {
        co_return Unexpected(context.error());
    }
    const Result<void> reached = co_await reach(address, *context);
    if (!reached) {
        co_return Unexpected(reached.error());
    }
    if (const Result<void> named = is_pharmacy(names.pharmacy, called); !named) {
        co_return Unexpected(named.error());
    }
    crypto::Credentials made;
    made.key = crypto::make_key(); // each certificate has a key of its own
    made.authority = present.authority;
    Renew question;
    question.request = crypto::make_request(made.key, names.ward);
    const Result<Joined> joined = co_await ask(to_line(question));
    if (!joined) {
        co_return Unexpected(joined.error());
    }
    co_return checked(*joined, std::move(made), names);
}

asio::awaitable<Result<void>> CertificateCall::reach(Address address, TlsContext context) {
    const std::string called = to_text(address);
    wire_ = Wire(asio::ip::tcp::socket(executor_));
    boost::system::error_code error = co_await connect(address);
    if (!error) {
        const Instant now = clock_.now();
        error = co_await wire_.call(context, crypto::Talk::certificates, now);
    }
    if (error) {
        const std::string why = late_ ? "does not answer" : wire_.text_of(error);
        co_return refused(ErrorCode::unavailable, called + ": " + why);
    }
    co_return Result<void>();
}

asio::awaitable<boost::system::error_code> CertificateCall::connect(Address address) {
    const auto found =
        co_await resolver_.async_resolve(address.host, std::to_string(address.port), as_answered);
    if (std::get<0>(found)) {
        co_return std::get<0>(found);
    }
    const auto connected =
        co_await asio::async_connect(wire_.socket(), std::get<1>(found), as_answered);
    co_return std::get<0>(connected);
}

asio::awaitable<Result<Joined>> CertificateCall::ask(std::string line) {
    line += '\n';
    const auto error = co_await wire_.write(line);
    Lines lines(join_line_bytes_max);
    std::array<char, 4'096> buffer{};
    std::string why = error ? wire_.text_of(error) : std::string();
    while (why.empty()) {
        const auto outcome = co_await wire_.read_some(asio::buffer(buffer));
        if (outcome.first) {
            why = late_ ? "it does not answer" : wire_.text_of(outcome.first);
            break;
        }
        lines.feed(std::string_view(buffer.data(), outcome.second));
        const auto answer = lines.next();
        if (answer) {
            wire_.close();
            const Result<JoinMessage> message = parse_join_message(*answer);
            if (message && std::holds_alternative<Joined>(*message)) {
                co_return std::get<Joined>(*message);
            }
            if (message && std::holds_alternative<Fault>(*message)) {
                co_return refused(
                    ErrorCode::not_allowed, "the pharmacy: " + std::get<Fault>(*message).text);
            }
            why = "its answer is not one";
        } else if (lines.too_long()) {
            why = "its answer is over 16 KiB";
        }
    }
    wire_.close();
    co_return refused(ErrorCode::unavailable, "no certificate came: " + why);
}

Result<std::string>
CertificateCall::authority_of(const trust::JoinCode& code, const std::string& called) {
    Result<std::string> authority = crypto::shown_authority(*wire_.tls(), clock_.now());
    if (!authority) {
        wire_.close();
        return not_that_pharmacy(called, authority.error().text);
    }
    const auto facts = crypto::read_certificate(*authority);
    if (!facts || !trust::is_for(code, facts->fingerprint)) {
        wire_.close();
        return not_that_pharmacy(called, "its authority is another one");
    }
    return authority;
}

Result<void> CertificateCall::is_pharmacy(const std::string& expected, const std::string& called) {
    const auto certificate = crypto::peer_certificate(*wire_.tls());
    if (certificate && certificate->node == expected) {
        return {};
    }
    wire_.close();
    return refused(
        ErrorCode::not_allowed,
        called + " is the node " + (certificate ? certificate->node : "of nobody")
            + ", and this ward's configuration names " + expected + " as its pharmacy");
}

// What came must be for the key that was made, from the authority that is trusted already.
Result<crypto::Credentials>
CertificateCall::checked(const Joined& joined, crypto::Credentials made, const Names& names) {
    made.certificate = joined.certificate;
    const auto facts = crypto::check_credentials(made, crypto::Holder::ward, clock_.now());
    if (!facts || facts->node != names.ward) {
        return refused(
            ErrorCode::not_allowed,
            "the certificate that came cannot be used: "
                + (facts ? "it is that of " + facts->node : facts.error().text));
    }
    return made;
}

void CertificateCall::stop() {
    late_ = true;
    resolver_.cancel();
    wire_.close();
}

} // namespace cartwatch::link
