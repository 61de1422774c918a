// Other systems that promise what the link promises: a message is on disk before it is confirmed,
// and a consumer gets it and confirms it. Each speaks its own protocol over the same Channel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cartwatch::link_bench {

// One producer's connection.
class Producer {
public:
    Producer() = default;
    Producer(const Producer&) = delete;
    Producer& operator=(const Producer&) = delete;
    Producer(Producer&&) = delete;
    Producer& operator=(Producer&&) = delete;
    virtual ~Producer() = default;

    // Returns when it is confirmed.
    virtual void deliver(const std::string& message) = 0;
};

class Peer {
public:
    Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    Peer(Peer&&) = delete;
    Peer& operator=(Peer&&) = delete;
    virtual ~Peer() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::vector<pid_t> processes() const = 0;

    [[nodiscard]] virtual std::unique_ptr<Producer> producer(int number) = 0;

    // Takes and confirms messages until `messages` of them were taken. On a thread of its own.
    virtual void consume(std::int64_t messages) = 0;
};

// Redis Streams, appendonly with appendfsync always: XADD; XREADGROUP and XACK.
[[nodiscard]] std::unique_ptr<Peer> start_redis(const std::filesystem::path& folder);

// RabbitMQ, one node, a quorum queue with publisher confirms; basic.consume and basic.ack.
[[nodiscard]] std::unique_ptr<Peer> start_rabbitmq(const std::filesystem::path& folder);

} // namespace cartwatch::link_bench
