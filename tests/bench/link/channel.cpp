#include "tests/bench/link/channel.hpp"

#include "scanner/values/day.hpp"

#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cartwatch::link_bench {

namespace {

constexpr int patience = 30'000; // milliseconds

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

Descriptor new_socket() {
    const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0) {
        throw std::system_error(errno, std::system_category(), "no socket");
    }
    return Descriptor(number);
}

bool connects(const Descriptor& socket, std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address)
           == 0;
}

bool is_passing(int error) {
    return error == EAGAIN || error == EINTR;
}

} // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

Descriptor connect_to(std::uint16_t port) {
    Descriptor socket = new_socket();
    if (!connects(socket, port)) {
        throw std::system_error(
            errno, std::system_category(), "nobody listens on " + std::to_string(port));
    }
    return socket;
}

bool is_listened_to(std::uint16_t port) {
    return connects(new_socket(), port);
}

std::uint16_t free_port() {
    return Listener().port();
}

Listener::Listener() : socket_(new_socket()) {
    const sockaddr_in address = loopback(0);
    if (::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(socket_.number(), 16) != 0) {
        throw std::system_error(errno, std::system_category(), "cannot listen");
    }
}

std::uint16_t Listener::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

Descriptor Listener::accept() const {
    return Descriptor(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
}

Channel::Channel(Descriptor socket) : socket_(std::move(socket)), buffer_(64 * 1'024, '\0') {
    const int yes = 1;
    ::setsockopt(number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

void Channel::begin_tls(const crypto::TlsContext& context) {
    tls_.emplace(context, number());
    const auto time =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    crypto::begin_calling(tls_->handle(), crypto::Talk::link, time);
    using Outcome = crypto::TlsStep::Outcome;
    // The socket still blocks: one step is all of it.
    const crypto::TlsStep step = tls_->call();
    if (step.outcome != Outcome::done) {
        fail("the handshake failed: " + crypto::tls_problem(tls_->handle(), step.reason));
    }
    ::fcntl(number(), F_SETFL, O_NONBLOCK);
}

void Channel::wait_for(short events) const {
    pollfd waiting{number(), events, 0};
    if (::poll(&waiting, 1, patience) == 0) {
        fail("no answer within half a minute");
    }
}

std::size_t Channel::offer(std::string_view bytes) {
    if (tls_) {
        const crypto::TlsStep step = tls_->write(bytes);
        if (step.outcome == crypto::TlsStep::Outcome::failed) {
            fail("the peer is gone");
        }
        return step.size;
    }
    const auto sent = ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && !is_passing(errno)) {
        throw std::system_error(errno, std::system_category(), "the peer is gone");
    }
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

void Channel::send(std::string_view bytes) {
    while (true) {
        bytes.remove_prefix(offer(bytes));
        if (bytes.empty()) {
            return;
        }
        wait_for(POLLOUT);
    }
}

std::size_t Channel::read_some() {
    if (tls_) {
        const crypto::TlsStep step = tls_->read(buffer_);
        using Outcome = crypto::TlsStep::Outcome;
        if (step.outcome == Outcome::ended || step.outcome == Outcome::failed) {
            fail("the peer closed the connection");
        }
        return step.size;
    }
    const auto size = ::recv(number(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (size == 0 || (size < 0 && !is_passing(errno))) {
        fail("the peer closed the connection");
    }
    return size < 0 ? 0 : static_cast<std::size_t>(size);
}

std::string_view Channel::look() {
    if (taken_ < rest_.size()) {
        return std::string_view(rest_).substr(std::exchange(taken_, rest_.size()));
    }
    return std::string_view(buffer_).substr(0, read_some());
}

std::string_view Channel::receive() {
    while (true) {
        if (const std::string_view bytes = look(); !bytes.empty()) {
            return bytes;
        }
        wait_for(POLLIN);
    }
}

void Channel::fill() {
    rest_.erase(0, std::exchange(taken_, 0));
    std::size_t size = read_some();
    while (size == 0) {
        wait_for(POLLIN);
        size = read_some();
    }
    rest_.append(buffer_, 0, size);
}

std::string Channel::receive_exactly(std::size_t size) {
    while (rest_.size() - taken_ < size) {
        fill();
    }
    return rest_.substr(std::exchange(taken_, taken_ + size), size);
}

std::string Channel::receive_until(std::string_view mark) {
    std::size_t found = rest_.find(mark, taken_);
    while (found == std::string::npos) {
        fill();
        found = rest_.find(mark);
    }
    const std::size_t size = found - taken_;
    return rest_.substr(std::exchange(taken_, found + mark.size()), size);
}

} // namespace cartwatch::link_bench
