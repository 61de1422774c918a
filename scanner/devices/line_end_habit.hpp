// Whether a scanner ends its scans with a line end, as its own scans show: what a scanner check
// would have told of one that nobody has checked. Knows no device and no clock.
#pragma once

namespace cartwatch::devices {

class LineEndHabit {
public:
    // So many scans in a row alike show the habit: the setting does not change by itself, and half
    // a scan comes alone.
    static constexpr int scans_in_a_row = 3;

    // `line_end`: whether one ended the scan, and not silence. True: it ended as this scanner ends
    // its scans, as far as those before it tell; false: it is half of one.
    [[nodiscard]] bool is_whole(bool line_end) {
        in_a_row_ = line_end == last_ ? in_a_row_ + 1 : 1;
        last_ = line_end;
        if (in_a_row_ >= scans_in_a_row) {
            ends_scans_ = line_end;
        }
        return line_end || !ends_scans_;
    }

private:
    bool last_ = false;
    int in_a_row_ = 0;
    bool ends_scans_ = false; // nothing is known of a scanner that has hardly been used
};

} // namespace cartwatch::devices
