// What a pharmacy bears: a hundred wards that were off for a month, a thousand connections, callers
// who never come to the point; and what a live ward's alert notices of it.
#include "tests/bench/link/hospital.hpp"
#include "tests/bench/link/parts.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <thread>

namespace cartwatch::link_bench {

namespace {

using namespace std::chrono_literals;

constexpr double megabyte = 1'024; // in kilobytes

double megabytes(const Process& process) {
    return static_cast<double>(process.memory().resident) / megabyte;
}

void print_memory(const char* what, const Process& process) {
    const Process::Memory memory = process.memory();
    std::printf(
        "   %-44s %6.1f MB resident, %5.1f MB of it anonymous\n",
        what,
        static_cast<double>(memory.resident) / megabyte,
        static_cast<double>(memory.anonymous) / megabyte);
}

// A ward in use: an alert every tenth of a second, until `enough`; each's time to the page.
Samples live_ward(const Hospital& hospital, const std::atomic<bool>& enough) {
    const std::string node = "live";
    Speaker ward(hospital, node);
    Page page(hospital);
    Diary diary(node);
    Samples samples;
    for (std::int64_t seq = 1; !enough; ++seq) {
        const std::string line = diary.write(1).front();
        const Time began = now();
        ward.send(line);
        page.wait_until_shown(node, seq);
        samples.add(microseconds(began, now()));
        ward.wait_until_acknowledged(seq);
        ward.listen_until(began + 100ms);
    }
    return samples;
}

double catch_up(const Hospital& hospital, int wards, int entries) {
    std::vector<std::vector<std::string>> journals;
    std::vector<std::unique_ptr<Speaker>> speakers;
    for (int i = 0; i < wards; ++i) {
        const std::string node = "away-" + std::to_string(i);
        journals.push_back(Diary(node).write(entries));
        speakers.push_back(std::make_unique<Speaker>(hospital, node));
    }
    const double used = processor_seconds(hospital.pharmacy().id());
    const Time began = now();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < speakers.size(); ++i) {
        threads.emplace_back([&, i] { speakers[i]->send_all(journals[i], std::int64_t{entries}); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const double seconds = microseconds(began, now()) / 1e6;
    print_cost(
        processor_seconds(hospital.pharmacy().id()) - used,
        static_cast<std::size_t>(wards) * static_cast<std::size_t>(entries));
    return seconds;
}

// Callers who begin and never come to the point, one byte a second each; who is cut calls again.
class Tricklers {
public:
    Tricklers(const Hospital& hospital, int count)
        : thread_([this, &hospital, count] { trickle(hospital, count); }) {}

    Tricklers(const Tricklers&) = delete;
    Tricklers& operator=(const Tricklers&) = delete;
    Tricklers(Tricklers&&) = delete;
    Tricklers& operator=(Tricklers&&) = delete;

    ~Tricklers() {
        {
            const std::lock_guard lock(mutex_);
            enough_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    void wait_until_called() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return have_called_; });
    }

private:
    bool is_enough() {
        const std::lock_guard lock(mutex_);
        return enough_;
    }

    void trickle(const Hospital& hospital, int count) {
        const std::string hello = R"({"type":"hello","protocol":1,"node":"slow","have":)";
        const std::string handshake("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
        std::vector<std::unique_ptr<Channel>> callers(static_cast<std::size_t>(count));
        for (std::size_t second = 0; !is_enough(); ++second) {
            for (std::size_t i = 0; i < callers.size(); ++i) {
                const std::string& words = i % 2 == 0 ? hello : handshake;
                try {
                    if (!callers[i]) {
                        callers[i] = std::make_unique<Channel>(connect_to(hospital.link_port()));
                    }
                    callers[i]->send(words.substr(second % words.size(), 1));
                } catch (const std::exception&) {
                    callers[i].reset(); // cut, as it should be
                }
            }
            std::unique_lock lock(mutex_);
            have_called_ = true;
            changed_.notify_all();
            changed_.wait_for(lock, 1s, [this] { return enough_; });
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool have_called_ = false;
    bool enough_ = false;
    std::thread thread_;
};

Samples acknowledgements(Speaker& ward, Diary& diary, std::int64_t& seq, int count) {
    Samples samples;
    for (const std::string& line : diary.write(count)) {
        const Time began = now();
        ward.send(line);
        ward.wait_until_acknowledged(++seq);
        samples.add(microseconds(began, now()));
    }
    return samples;
}

// A ward's own program, beside the pharmacy.
void measure_ward_memory(Bench& bench, const Hospital& hospital) {
    const std::uint16_t port = free_port();
    std::ofstream(hospital.folder() / "ward.toml")
        << "node = \"ward-1\"\nstate = \"" << (hospital.folder() / "ward").string()
        << "\"\npages = \"\"\nlog_level = \"warn\"\n[web]\nport = " << port
        << "\n[pharmacy]\naddresses = [\"127.0.0.1:" << hospital.link_port() << "\"]\n";
    const std::vector<std::string> words{
        bench.program, "ward", "--config", (hospital.folder() / "ward.toml").string()};
    const Process ward(words, hospital.folder() / "ward.log");
    ward.wait_until([&] { return is_listened_to(port); });
    print_memory("a ward", ward);
    bench.goals.at_most("a ward, MB resident", megabytes(ward), 12, 0);
}

} // namespace

void measure_catching_up(Bench& bench) {
    Hospital hospital(bench.program);
    hospital.start();
    print_memory("a pharmacy with nothing stored", hospital.pharmacy());
    const double empty = megabytes(hospital.pharmacy());
    constexpr int wards = 100;
    const int entries = bench.count(10'000);
    const ForeignTime foreign({hospital.pharmacy().id()});
    std::atomic<bool> enough = false;
    Samples live;
    std::exception_ptr failure;
    std::thread other([&] {
        try {
            live = live_ward(hospital, enough);
        } catch (...) {
            failure = std::current_exception();
        }
    });
    const double seconds = catch_up(hospital, wards, entries);
    enough = true;
    other.join();
    if (failure) {
        std::rethrow_exception(failure);
    }
    const double share = foreign.share();
    print_memory("just after they caught up", hospital.pharmacy());
    std::printf(
        "   %d x %d in %.1f s; %zu live alerts: p50 %.1f ms, p99 %.1f ms; foreign %.0f %%\n",
        wards,
        entries,
        seconds,
        live.count(),
        live.at(0.5) / 1e3,
        live.at(0.99) / 1e3,
        share * 100);
    hospital.stop();
    hospital.start();
    print_memory("the same store, started anew", hospital.pharmacy());
    const double per_million = seconds * 1e6 / (static_cast<double>(wards) * entries);
    bench.goals.at_most("100 wards x 10,000 caught up, seconds", per_million, 20, share);
    bench.goals.at_most("a live ward's alert meanwhile, p99, ms", live.at(0.99) / 1e3, 250, share);
    bench.goals.at_most(
        "a pharmacy's growth by what is stored, MB", megabytes(hospital.pharmacy()) - empty, 2, 0);
}

void measure_memory(Bench& bench) {
    Hospital hospital(bench.program);
    std::vector<crypto::Credentials> credentials;
    const int all = std::max(100, bench.count(1'000));
    for (int i = 0; i < all; ++i) {
        credentials.push_back(hospital.join("tls-" + std::to_string(i)));
    }
    hospital.start();
    print_memory("a pharmacy alone", hospital.pharmacy());
    std::vector<std::unique_ptr<Speaker>> wards;
    for (int i = 0; i < all; ++i) {
        const auto number = static_cast<std::size_t>(i);
        wards.push_back(
            std::make_unique<Speaker>(hospital, "tls-" + std::to_string(i), credentials[number]));
        if (wards.size() % 100 == 0) {
            for (const auto& ward : wards) {
                ward->stay();
            }
        }
        if (wards.size() == 100) {
            print_memory("with 100 TLS wards", hospital.pharmacy());
            bench.goals.at_most(
                "a pharmacy with 100 TLS wards, MB resident",
                megabytes(hospital.pharmacy()),
                24,
                0);
        }
    }
    if (all >= 1'000) {
        print_memory(("with " + std::to_string(all) + " TLS wards").c_str(), hospital.pharmacy());
        bench.goals.at_most(
            "a pharmacy with 1,000 TLS wards, MB resident", megabytes(hospital.pharmacy()), 80, 0);
    }
    measure_ward_memory(bench, hospital);
}

void measure_trickling(Bench& bench) {
    Hospital hospital(bench.program);
    hospital.join("nobody"); // so that it answers TLS
    hospital.start();
    Speaker ward(hospital, "ward-1");
    Diary diary("ward-1");
    std::int64_t seq = 0;
    std::vector<double> ratios;
    std::vector<double> shares;
    for (int round = 0; round < bench.rounds; ++round) {
        const ForeignTime foreign({hospital.pharmacy().id()});
        const Samples before = acknowledgements(ward, diary, seq, bench.count(2'000));
        Tricklers others(hospital, 200);
        others.wait_until_called();
        const Samples meanwhile = acknowledgements(ward, diary, seq, bench.count(2'000));
        ratios.push_back(meanwhile.at(0.99) / before.at(0.99));
        shares.push_back(foreign.share());
        std::printf(
            "   p99 alone %6.0f us, beside 200 callers of a byte a second %6.0f us\n",
            before.at(0.99),
            meanwhile.at(0.99));
    }
    bench.goals.at_most(
        "a ward's p99 beside 200 trickling callers / alone", median(ratios), 1.5, median(shares));
}

} // namespace cartwatch::link_bench
