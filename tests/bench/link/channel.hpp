// Bytes over loopback, the same for every system that is measured: one socket that does not block,
// waited for with poll, with TLS where asked. Every wait ends after half a minute.
#pragma once

#include "daemon/crypto/tls.hpp"
#include "daemon/crypto/tls_stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::link_bench {

// An open file that is closed with its owner.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int number() const {
        return number_;
    }

private:
    int number_;
};

// Throws where nobody listens.
[[nodiscard]] Descriptor connect_to(std::uint16_t port);

[[nodiscard]] bool is_listened_to(std::uint16_t port);

// A port of loopback that nobody has now.
[[nodiscard]] std::uint16_t free_port();

class Listener {
public:
    Listener();

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] Descriptor accept() const;

private:
    Descriptor socket_;
};

// Throws std::runtime_error where the peer is gone or does not answer in time.
class Channel {
public:
    explicit Channel(Descriptor socket);

    // Before anything else: the handshake of a ward that has joined.
    void begin_tls(const crypto::TlsContext& context);

    void send(std::string_view bytes);

    // What comes next, at least one byte; valid until the next call.
    [[nodiscard]] std::string_view receive();

    std::string receive_exactly(std::size_t size);

    // Up to and without the mark, which is dropped.
    [[nodiscard]] std::string receive_until(std::string_view mark);

    // One look, without waiting: what is there, or nothing.
    [[nodiscard]] std::string_view look();

    // As much of it as is taken without waiting.
    [[nodiscard]] std::size_t offer(std::string_view bytes);

    [[nodiscard]] int number() const {
        return socket_.number();
    }

private:
    [[nodiscard]] std::size_t read_some();
    void fill();
    void wait_for(short events) const;

    Descriptor socket_;
    std::optional<crypto::TlsStream> tls_;
    std::string buffer_; // to read into
    std::string rest_;   // read already, given out up to taken_
    std::size_t taken_ = 0;
};

} // namespace cartwatch::link_bench
