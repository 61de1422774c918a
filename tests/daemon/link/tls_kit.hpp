// Callers who speak TLS and say what the test says, and the question for a certificate as a task.
#pragma once

#include "daemon/link/certificate_call.hpp"
#include "daemon/link/wire.hpp"
#include "tests/daemon/link/socket_kit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <memory>
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

// Stands between a ward and its pharmacy, and passes on what it likes.
class Cut {
public:
    explicit Cut(Hospital& hospital)
        : hospital_(hospital),
          port_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
          ward_(context_),
          pharmacy_(context_) {
        port_.non_blocking(true);
        pharmacy_.connect(
            tcp::endpoint(asio::ip::address_v4::loopback(), hospital.server_options.listen.port));
        pharmacy_.non_blocking(true);
    }

    std::unique_ptr<Ward> open_ward() {
        link::ClientOptions options;
        options.node = "ward-1";
        options.addresses = {{"127.0.0.1", port_.local_endpoint().port()}};
        options.trust = hospital_.trust_of("ward-1");
        return std::make_unique<Ward>(hospital_.clock, hospital_.ward_disk, options);
    }

    // What both have said, but for so many of the ward's last bytes, which wait for the next time.
    // How much of the ward's.
    std::size_t pass_on(std::size_t kept) {
        boost::system::error_code error;
        if (!ward_.is_open()) {
            port_.accept(ward_, error);
            if (error) {
                return 0;
            }
            ward_.non_blocking(true);
        }
        take(pharmacy_, to_ward_);
        give(ward_, to_ward_, to_ward_.size());
        take(ward_, to_pharmacy_);
        const std::size_t size = to_pharmacy_.size() - std::min(kept, to_pharmacy_.size());
        give(pharmacy_, to_pharmacy_, size);
        return size;
    }

private:
    static void take(tcp::socket& from, std::string& into) {
        char buffer[4'096];
        boost::system::error_code error; // nothing there now
        const std::size_t size = from.read_some(asio::buffer(buffer), error);
        into.append(buffer, size);
    }

    static void give(tcp::socket& to, std::string& bytes, std::size_t size) {
        boost::system::error_code error; // what is not taken now is given later
        bytes.erase(0, to.write_some(asio::buffer(bytes.data(), size), error));
    }

    Hospital& hospital_;
    asio::io_context context_;
    tcp::acceptor port_;
    tcp::socket ward_;
    tcp::socket pharmacy_;
    std::string to_ward_;
    std::string to_pharmacy_;
};

inline link::TlsContext context_of(const crypto::Credentials& credentials) {
    auto context = link::calling_context(credentials);
    if (!context) {
        throw std::runtime_error(context.error().text);
    }
    return *context;
}

} // namespace cartwatch::link_kit
