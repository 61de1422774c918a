// Wards with one message in flight each, beside producers of other systems that confirm what is on
// disk: as many connections, the same bytes, one consumer.
#include "tests/bench/link/hospital.hpp"
#include "tests/bench/link/parts.hpp"
#include "tests/bench/link/peers.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <thread>

namespace cartwatch::link_bench {

namespace {

// Runs them at once, each on a thread of its own; the seconds from the start to the last one's end.
double seconds_of(const std::vector<std::function<void()>>& producers) {
    std::mutex mutex;
    std::condition_variable started;
    bool go = false;
    std::exception_ptr failure;
    std::vector<std::thread> threads;
    for (const auto& produce : producers) {
        threads.emplace_back([&] {
            std::unique_lock lock(mutex);
            started.wait(lock, [&] { return go; });
            lock.unlock();
            try {
                produce();
            } catch (...) {
                const std::lock_guard guard(mutex);
                failure = std::current_exception();
            }
        });
    }
    Time began;
    {
        const std::lock_guard guard(mutex);
        began = now();
        go = true;
    }
    started.notify_all();
    for (std::thread& thread : threads) {
        thread.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    return microseconds(began, now()) / 1e6;
}

// Messages a second. Every round's wards are new ones, with journals written before the clock runs.
double link_rate(const Hospital& hospital, int wards, int messages) {
    static int rounds = 0;
    const std::string round = "round-" + std::to_string(++rounds) + "-ward-";
    std::vector<std::vector<std::string>> journals;
    std::vector<std::unique_ptr<Speaker>> speakers;
    std::vector<std::function<void()>> producers;
    for (int i = 0; i < wards; ++i) {
        const std::string node = round + std::to_string(i);
        journals.push_back(Diary(node).write(messages));
        speakers.push_back(std::make_unique<Speaker>(hospital, node));
    }
    for (std::size_t i = 0; i < speakers.size(); ++i) {
        producers.emplace_back([&speaker = *speakers[i], &journal = journals[i]] {
            std::int64_t seq = 0;
            for (const std::string& line : journal) {
                speaker.send(line);
                speaker.wait_until_acknowledged(++seq);
            }
        });
    }
    Page page(hospital);
    std::atomic<bool> done = false;
    std::thread board([&] { page.read_until(done); });
    const double used = processor_seconds(hospital.pharmacy().id());
    const double seconds = seconds_of(producers);
    done = true;
    board.join();
    print_cost(
        processor_seconds(hospital.pharmacy().id()) - used,
        static_cast<std::size_t>(wards) * static_cast<std::size_t>(messages));
    return wards * messages / seconds;
}

double peer_rate(Peer& peer, int connections, int messages) {
    const std::string message = Diary("ward-1").write(1).front();
    std::vector<std::unique_ptr<Producer>> producers;
    std::vector<std::function<void()>> work;
    for (int i = 0; i < connections; ++i) {
        producers.push_back(peer.producer(i));
    }
    for (const auto& producer : producers) {
        work.emplace_back([&producer = *producer, &message, messages] {
            for (int i = 0; i < messages; ++i) {
                producer.deliver(message);
            }
        });
    }
    std::exception_ptr failure;
    std::thread consumer([&] {
        try {
            peer.consume(static_cast<std::int64_t>(connections) * messages);
        } catch (...) {
            failure = std::current_exception();
        }
    });
    const double seconds = seconds_of(work);
    consumer.join();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return connections * messages / seconds;
}

void compare(Bench& bench, int wards, int messages, double redis_goal, double rabbit_goal) {
    Hospital hospital(bench.program);
    hospital.start();
    const auto redis = start_redis(hospital.folder() / "redis");
    const auto rabbit = start_rabbitmq(hospital.folder() / "rabbitmq");
    std::vector<double> to_redis;
    std::vector<double> to_rabbit;
    std::vector<double> shares;
    for (int round = 0; round < bench.rounds; ++round) {
        const ForeignTime foreign(
            {hospital.pharmacy().id(), redis->processes().front(), rabbit->processes().front()});
        const double ours = link_rate(hospital, wards, messages);
        const double theirs = peer_rate(*redis, wards, messages);
        const double others = peer_rate(*rabbit, wards, messages);
        to_redis.push_back(ours / theirs);
        to_rabbit.push_back(ours / others);
        shares.push_back(foreign.share());
        std::printf(
            "   link %7.0f/s   Redis %7.0f/s   RabbitMQ %7.0f/s   foreign %2.0f %%\n",
            ours,
            theirs,
            others,
            shares.back() * 100);
    }
    const std::string what =
        std::to_string(wards) + (wards == 1 ? " ward" : " wards") + ", one in flight, to ";
    const double share = median(shares);
    bench.goals.at_least(what + redis->name(), median(to_redis), redis_goal, share);
    bench.goals.at_least(what + rabbit->name(), median(to_rabbit), rabbit_goal, share);
}

} // namespace

void measure_one_ward(Bench& bench) {
    compare(bench, 1, bench.count(4'000), 1.4, 2.5);
}

void measure_hundred_wards(Bench& bench) {
    compare(bench, 100, bench.count(300), 0.7, 3);
}

} // namespace cartwatch::link_bench
