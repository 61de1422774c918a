#include "tests/bench/link/channel.hpp"
#include "tests/bench/link/peers.hpp"
#include "tests/bench/link/process.hpp"

#include <fstream>
#include <stdexcept>

namespace cartwatch::link_bench {

namespace {

// As much of AMQP 0-9-1 as one queue needs.
namespace amqp {

enum FrameType : unsigned { method_frame = 1, header_frame = 2, body_frame = 3 };

// Class and method.
constexpr std::uint32_t connection_start = 10U << 16U | 10U;
constexpr std::uint32_t connection_start_ok = 10U << 16U | 11U;
constexpr std::uint32_t connection_tune = 10U << 16U | 30U;
constexpr std::uint32_t connection_tune_ok = 10U << 16U | 31U;
constexpr std::uint32_t connection_open = 10U << 16U | 40U;
constexpr std::uint32_t connection_open_ok = 10U << 16U | 41U;
constexpr std::uint32_t channel_open = 20U << 16U | 10U;
constexpr std::uint32_t channel_open_ok = 20U << 16U | 11U;
constexpr std::uint32_t queue_declare = 50U << 16U | 10U;
constexpr std::uint32_t queue_declare_ok = 50U << 16U | 11U;
constexpr std::uint32_t basic_qos = 60U << 16U | 10U;
constexpr std::uint32_t basic_qos_ok = 60U << 16U | 11U;
constexpr std::uint32_t basic_consume = 60U << 16U | 20U;
constexpr std::uint32_t basic_consume_ok = 60U << 16U | 21U;
constexpr std::uint32_t basic_publish = 60U << 16U | 40U;
constexpr std::uint32_t basic_deliver = 60U << 16U | 60U;
constexpr std::uint32_t basic_ack = 60U << 16U | 80U;
constexpr std::uint32_t confirm_select = 85U << 16U | 10U;
constexpr std::uint32_t confirm_select_ok = 85U << 16U | 11U;

std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        text += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
    }
    return text;
}

std::uint64_t number_in(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) {
        value = value << 8U | static_cast<unsigned char>(byte);
    }
    return value;
}

std::string short_text(const std::string& text) {
    return number(text.size(), 1) + text;
}

std::string long_text(const std::string& text) {
    return number(text.size(), 4) + text;
}

std::string frame(FrameType type, unsigned channel, const std::string& payload) {
    return number(type, 1) + number(channel, 2) + long_text(payload) + '\xce';
}

std::string call(std::uint32_t method, unsigned channel, const std::string& arguments) {
    return frame(method_frame, channel, number(method, 4) + arguments);
}

struct Frame {
    std::uint64_t type = 0;
    std::string payload;

    std::uint64_t method() const {
        return type == method_frame ? number_in(std::string_view(payload).substr(0, 4)) : 0;
    }
};

Frame next_frame(Channel& channel) {
    const std::string head = channel.receive_exactly(7);
    Frame frame;
    frame.type = number_in(std::string_view(head).substr(0, 1));
    frame.payload = channel.receive_exactly(number_in(std::string_view(head).substr(3)) + 1);
    frame.payload.pop_back();
    return frame;
}

Frame expect(Channel& channel, std::uint32_t method) {
    while (true) {
        Frame frame = next_frame(channel);
        if (frame.method() == method) {
            return frame;
        }
        const bool ignored = frame.type != method_frame;
        if (!ignored) {
            throw std::runtime_error("RabbitMQ answers otherwise: " + frame.payload);
        }
    }
}

const std::string queue = "alerts";

void open(Channel& channel) {
    channel.send(std::string("AMQP\0\0\x09\x01", 8));
    static_cast<void>(expect(channel, connection_start));
    channel.send(call(
        connection_start_ok,
        0,
        number(0, 4) + short_text("PLAIN") + long_text(std::string("\0guest\0guest", 12))
            + short_text("en_US")));
    static_cast<void>(expect(channel, connection_tune));
    // No heartbeats: the bench is shorter than their patience.
    channel.send(call(connection_tune_ok, 0, number(2'047, 2) + number(131'072, 4) + number(0, 2)));
    channel.send(call(connection_open, 0, short_text("/") + short_text("") + number(0, 1)));
    static_cast<void>(expect(channel, connection_open_ok));
    channel.send(call(channel_open, 1, short_text("")));
    static_cast<void>(expect(channel, channel_open_ok));
}

// Durable, of the type quorum.
void declare(Channel& channel) {
    const std::string type = short_text("x-queue-type") + "S" + long_text("quorum");
    channel.send(
        call(queue_declare, 1, number(0, 2) + short_text(queue) + number(2, 1) + long_text(type)));
    static_cast<void>(expect(channel, queue_declare_ok));
}

} // namespace amqp

class RabbitProducer : public Producer {
public:
    explicit RabbitProducer(std::uint16_t port) : channel_(connect_to(port)) {
        amqp::open(channel_);
        channel_.send(amqp::call(amqp::confirm_select, 1, amqp::number(0, 1)));
        static_cast<void>(amqp::expect(channel_, amqp::confirm_select_ok));
    }

    void deliver(const std::string& message) override {
        using namespace amqp;
        constexpr unsigned delivery_mode = 1U << 12U;
        channel_.send(
            call(basic_publish, 1, number(0, 2) + short_text("") + short_text(queue) + number(0, 1))
            + frame(
                header_frame,
                1,
                number(60, 2) + number(0, 2) + number(message.size(), 8) + number(delivery_mode, 2)
                    + number(2, 1))
            + frame(body_frame, 1, message));
        static_cast<void>(expect(channel_, basic_ack));
    }

private:
    Channel channel_;
};

class RabbitMq : public Peer {
public:
    explicit RabbitMq(const std::filesystem::path& folder)
        : port_(free_port()),
          names_port_(free_port()),
          names_(
              {"epmd", "-address", "127.0.0.1", "-port", std::to_string(names_port_)},
              folder / "epmd.log"),
          broker_(
              {"/usr/lib/rabbitmq/bin/rabbitmq-server"},
              folder / "rabbitmq.log",
              variables(folder)) {
        broker_.wait_until([this] { return is_listened_to(port_); });
        Channel channel(connect_to(port_));
        amqp::open(channel);
        amqp::declare(channel);
    }

    std::string name() const override {
        return "RabbitMQ";
    }

    std::vector<pid_t> processes() const override {
        return {broker_.id()};
    }

    std::unique_ptr<Producer> producer(int /*number*/) override {
        return std::make_unique<RabbitProducer>(port_);
    }

    void consume(std::int64_t messages) override {
        using namespace amqp;
        constexpr std::uint64_t prefetch = 500;
        Channel channel(connect_to(port_));
        open(channel);
        channel.send(call(basic_qos, 1, number(0, 4) + number(prefetch, 2) + number(0, 1)));
        static_cast<void>(expect(channel, basic_qos_ok));
        channel.send(call(
            basic_consume,
            1,
            number(0, 2) + short_text(queue) + short_text("board") + number(0, 1) + number(0, 4)));
        static_cast<void>(expect(channel, basic_consume_ok));
        for (; messages > 0; --messages) {
            const Frame delivery = expect(channel, basic_deliver);
            const std::size_t tag_at = 4 + 1 + static_cast<std::size_t>(delivery.payload[4]);
            channel.send(call(basic_ack, 1, delivery.payload.substr(tag_at, 8) + number(0, 1)));
        }
    }

private:
    // Nothing of the machine's own broker, if there is one, is touched: ports, names, cookie and
    // files are the bench's.
    std::map<std::string, std::string> variables(const std::filesystem::path& folder) const {
        std::ofstream(folder / "plugins") << "[].\n";
        std::ofstream(folder / "environment.conf") << "";
        std::ofstream(folder / "rabbit.conf") << "";
        const auto in = [&folder](const char* name) { return (folder / name).string(); };
        return {
            {"HOME", folder.string()},
            {"ERL_EPMD_PORT", std::to_string(names_port_)},
            {"ERL_EPMD_ADDRESS", "127.0.0.1"},
            {"RABBITMQ_NODENAME", "bench@localhost"},
            {"RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"},
            {"RABBITMQ_NODE_PORT", std::to_string(port_)},
            {"RABBITMQ_DIST_PORT", std::to_string(free_port())},
            {"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"},
            {"RABBITMQ_MNESIA_BASE", in("data")},
            {"RABBITMQ_LOG_BASE", in("log")},
            {"RABBITMQ_CONF_ENV_FILE", in("environment.conf")},
            {"RABBITMQ_ENABLED_PLUGINS_FILE", in("plugins")},
            {"RABBITMQ_PID_FILE", in("pid")},
            {"RABBITMQ_CONFIG_FILE", in("rabbit")},
            {"RABBITMQ_ADVANCED_CONFIG_FILE", in("advanced")},
            {"RABBITMQ_FEATURE_FLAGS_FILE", in("features")}};
    }

    std::uint16_t port_;
    std::uint16_t names_port_;
    Process names_; // Erlang's, which the broker would otherwise start and leave behind
    Process broker_;
};

} // namespace

std::unique_ptr<Peer> start_rabbitmq(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return std::make_unique<RabbitMq>(folder);
}

} // namespace cartwatch::link_bench
