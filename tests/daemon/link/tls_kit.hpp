// Callers who speak TLS and say what the test says, and the question for a certificate as a task.
#pragma once

#include "daemon/link/certificate_call.hpp"
#include "daemon/link/wire.hpp"
#include "tests/daemon/link/socket_kit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <optional>
#include <string>

namespace cartwatch::link_kit {

// A coroutine of a test's own: connects, shakes hands, says its lines, listens to the end.
class TlsCaller : public Process {
public:
    TlsCaller(
        Hospital& hospital, link::TlsContext tls, crypto::Talk talk, const std::string& said = "")
        : Process(hospital.clock),
          hospital_(hospital),
          tls_(std::move(tls)),
          talk_(talk),
          said_(said),
          wire_(tcp::socket(context())) {
        hospital.others.push_back(this);
        loop::start_task(
            context().get_executor(), "caller", run(), on_failure(), [this] { ended = true; });
    }

    TlsCaller(const TlsCaller&) = delete;
    TlsCaller& operator=(const TlsCaller&) = delete;
    TlsCaller(TlsCaller&&) = delete;
    TlsCaller& operator=(TlsCaller&&) = delete;

    ~TlsCaller() {
        std::erase(hospital_.others, this);
    }

    bool sees_end() {
        return hospital_.until([this] { return ended; });
    }

    std::string heard; // lines, up to the end
    std::string why;   // why it ended, as a person is told

private:
    // Inlined, GCC 12 takes Asio's allocation of the frame for a mismatched one.
    [[gnu::noinline]] asio::awaitable<void> run() {
        const tcp::endpoint there(
            asio::ip::address_v4::loopback(), hospital_.pharmacy->server.port());
        const auto [unreachable] = co_await wire_.socket().async_connect(there, as_result());
        if (unreachable) {
            why = unreachable.message();
            co_return;
        }
        const Instant now = hospital_.clock.now();
        boost::system::error_code error = co_await wire_.call(tls_, talk_, now);
        if (!error && !said_.empty()) {
            error = co_await wire_.write(said_);
        }
        std::array<char, 4'096> buffer{};
        while (!error) {
            const auto outcome = co_await wire_.read_some(asio::buffer(buffer));
            error = outcome.first;
            heard.append(buffer.data(), outcome.second);
        }
        why = wire_.text_of(error);
        wire_.close();
    }

    static asio::as_tuple_t<asio::use_awaitable_t<>> as_result() {
        return asio::as_tuple(asio::use_awaitable);
    }

    Hospital& hospital_;
    link::TlsContext tls_;
    crypto::Talk talk_;
    std::string said_;
    link::Wire wire_;
};

// `cartwatch ward join` without its files.
class Joiner : public Process {
public:
    Joiner(
        Hospital& hospital,
        trust::JoinCode code,
        link::Names names,
        std::string key = crypto::make_key())
        : Process(hospital.clock),
          hospital_(hospital),
          call_(context().get_executor(), hospital.clock),
          code_(std::move(code)),
          names_(std::move(names)),
          key_(std::move(key)) {
        hospital.others.push_back(this);
        loop::start_task(
            context().get_executor(), "joiner", run(), on_failure(), [this] { ended = true; });
    }

    Joiner(const Joiner&) = delete;
    Joiner& operator=(const Joiner&) = delete;
    Joiner(Joiner&&) = delete;
    Joiner& operator=(Joiner&&) = delete;

    ~Joiner() {
        std::erase(hospital_.others, this);
    }

    // What came of it.
    Result<crypto::Credentials> outcome() {
        if (!hospital_.until([this] { return ended; })) {
            return refused(ErrorCode::conflict, "nothing came of it");
        }
        return outcome_;
    }

private:
    [[gnu::noinline]] asio::awaitable<void> run() { // as above
        outcome_ = co_await call_.join(hospital_.server_options.listen, code_, names_, key_);
    }

    Hospital& hospital_;
    link::CertificateCall call_;
    trust::JoinCode code_;
    link::Names names_;
    std::string key_;
    Result<crypto::Credentials> outcome_ = refused(ErrorCode::conflict, "not asked yet");
};

inline link::TlsContext context_of(const crypto::Credentials& credentials) {
    auto context = link::calling_context(credentials);
    if (!context) {
        throw std::runtime_error(context.error().text);
    }
    return *context;
}

} // namespace cartwatch::link_kit
