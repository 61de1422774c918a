// The ward's scanners as the check page knows them: which are here, what their checks showed, and
// whose scans go to a check now instead of to a cart. It judges no answer and decides nothing about
// a cart.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/scanners/profile_store.hpp"
#include "daemon/web/service.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/devices/line_end_habit.hpp"
#include "scanner/wire/scan_line.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>

namespace cartwatch::ward {

// A ticket for a badge that is given to somebody counts for this long: a form is filled in and
// signed meanwhile, and whoever was at the place is still there.
inline constexpr std::chrono::minutes ticket_lasts{10};

// A ticket signs for this long: whoever signs has just scanned, and the page sends it at once.
inline constexpr std::chrono::seconds ticket_signs{60};

// Scans that a check page has not fetched yet, of all stations; it fetches once a second.
inline constexpr std::size_t heard_max = 50;

// A test code is always the page's: it means nothing to a cart.
enum class ScanTaker { cart, page, nobody };

class ScannerChecks {
public:
    struct Outside {
        std::function<std::chrono::steady_clock::time_point()> ticks;
        std::function<Instant()> now;
        std::function<bool(std::string_view station)> is_station;
        std::function<const readiness::State&()> state;
        std::function<Day()> today;
        // Whether a scan would go on with what is under way at the station's place.
        std::function<bool(std::string_view station)> is_at_work;
        // Says to the scanner process by which layout a device's keys are read.
        std::function<void(const wire::LayoutLine&)> tell_layout;
    };

    // Keeps profiles in the state folder; a file of them that is broken is said on the log.
    ScannerChecks(const config::WardConfig& config, Outside outside);

    // What the pages ask for.
    [[nodiscard]] web::ScannerChecks service();

    // From the scanner process.
    void take(const wire::DeviceLine& line);

    // Whose the scan is. Where a page listens while the place is at work nobody can tell which of
    // the two it was meant for: a badge for the setup would sign a check, a pack would be missing
    // in it. It is nobody's then, and the page is told that it was not taken.
    [[nodiscard]] ScanTaker take(const wire::ScanLine& scan);

    // How a scan of this device, or of this station's page, is to be read. A device's scans are
    // read in the order in which they came: each shows how it ends them.
    [[nodiscard]] codes::Reading read_of_device(const wire::ScanLine& scan, Day as_of);
    [[nodiscard]] codes::Reading
    read_of_page(std::string_view station, std::string_view text, Day as_of) const;

private:
    struct Heard;

    [[nodiscard]] std::vector<web::KnownScanner> scanners_of(std::string_view station) const;
    [[nodiscard]] web::HeardScans
    listen(const web::Listener& listener, std::optional<std::int64_t> after);
    void hide_badge(const wire::ScanLine& scan, Heard& heard);
    [[nodiscard]] codes::Reading read_of_check(const wire::ScanLine& scan) const;
    [[nodiscard]] std::optional<std::string>
    badge_of(const web::Listener& page, std::string_view ticket, web::BadgeUse use) const;
    void hold(const std::vector<std::string>& tickets);
    void settle(const std::vector<std::string>& tickets, bool taken);
    [[nodiscard]] Result<void>
    keep(const std::string& identity, const devices::ScannerProfile& profile);
    void tell_layout_of(const std::string& device);

    struct Device {
        config::ScannerConfig config;
        wire::DeviceLine state;
        devices::LineEndHabit habit; // since it was plugged in, or of this network address
    };

    struct Listening {
        std::string page;
        std::chrono::steady_clock::time_point until;
    };

    struct Ticket {
        std::string name;
        web::Listener page; // that it is for
        std::string badge;
        std::chrono::steady_clock::time_point read;
        bool held = false; // a change that came with it is being decided
    };

    struct Heard {
        std::string station;
        std::string page; // that it is for
        web::HeardScan scan;
    };

    Outside outside_;
    scanners::ProfileStore profiles_;
    std::map<std::string, Device> devices_;                   // by name
    std::map<std::string, Listening, std::less<>> listening_; // by station
    std::deque<Heard> heard_;
    std::deque<Ticket> tickets_; // at most heard_max
    std::int64_t last_ = 0;
};

} // namespace cartwatch::ward
