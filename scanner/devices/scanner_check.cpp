#include "scanner/devices/scanner_check.hpp"

#include "scanner/codes/ascii_forms.hpp"

#include <algorithm>

namespace cartwatch::devices {

namespace {

constexpr std::array all_layouts = {Layout::us, Layout::uk, Layout::de, Layout::fr};
constexpr std::array all_letters = {
    Letters::as_printed, Letters::inverted, Letters::upper, Letters::lower};

constexpr std::array<std::string_view, 18> fault_names = {
    "unreadable",
    "other_code",
    "input_method",
    "layout",
    "letters_inverted",
    "letters_upper",
    "letters_lower",
    "separator_lost",
    "separator_replaced",
    "separator_ambiguous",
    "letter_identifiers",
    "unknown_identifiers",
    "no_identifiers",
    "prefix",
    "suffix",
    "changing_frame",
    "no_line_end",
    "slow",
};
constexpr std::array<std::string_view, 3> grade_names = {"handled", "advised", "required"};
constexpr std::array<std::string_view, 11> sheet_names = {
    "none",
    "factory_defaults",
    "country_us",
    "caps_lock_off",
    "case_as_printed",
    "send_control_characters",
    "aim_identifiers_on",
    "no_prefix",
    "suffix_enter",
    "no_key_delay",
    "input_method_off",
};

// Every habit that can be, the harmless ones first; `preferred` is what another answer showed.
std::vector<Habit> habits(const CheckedScanner& scanner, const std::optional<Habit>& preferred) {
    std::vector<Habit> all;
    if (preferred) {
        all.push_back(*preferred);
    }
    for (const Letters letters : all_letters) {
        all.push_back({scanner.read_as, letters});
    }
    for (const Layout layout : all_layouts) {
        for (const Letters letters : all_letters) {
            if (scanner.keyboard && layout != scanner.read_as) {
                all.push_back({layout, letters});
                all.push_back({layout, letters, true});
            }
        }
    }
    return all;
}

std::optional<Match> match_of(
    TestCode code,
    std::string_view text,
    const CheckedScanner& scanner,
    const std::optional<Habit>& preferred) {
    for (const Habit& habit : habits(scanner, preferred)) {
        if (auto match = match_with(code, text, habit, scanner.read_as)) {
            return match;
        }
    }
    return std::nullopt;
}

// Takes an AIM identifier, as this scanner sends it, off the end of what stands before the data.
bool take_aim(std::string& front, TestCode code, const Habit& habit, Layout read_as) {
    constexpr std::array<std::string_view, 1> of_code_128 = {"]C0"};
    constexpr std::array<std::string_view, 2> of_gs1 = {"]d2", "]d1"};
    const auto ends_so = [&](std::string_view identifier) {
        const std::string form = sent(identifier, habit, read_as);
        const bool here = front.ends_with(form);
        front.erase(front.size() - (here ? form.size() : 0));
        return here;
    };
    return code == TestCode::gs1 ? std::any_of(of_gs1.begin(), of_gs1.end(), ends_so)
                                 : std::any_of(of_code_128.begin(), of_code_128.end(), ends_so);
}

bool take_letter(std::string& front, TestCode code, const Habit& habit, Layout read_as) {
    for (const std::string_view identifier : {"P00", "P0G", "P", "D"}) {
        const bool of_matrix = identifier.starts_with('P');
        const std::string form = sent(identifier, habit, read_as);
        if (of_matrix == (code == TestCode::gs1) && front.ends_with(form)) {
            front.erase(front.size() - form.size());
            return true;
        }
    }
    return false;
}

using Matches = std::array<std::optional<Match>, test_codes.size()>;
using Fronts = std::vector<std::pair<TestCode, const Match*>>;

Fronts present_of(const Matches& matches) {
    Fronts present;
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (matches[i]) {
            present.emplace_back(test_codes[i], &*matches[i]);
        }
    }
    return present;
}

struct Front {
    Identifiers identifiers = Identifiers::none;
    std::string prefix;
};

// What stands before the data of every answer, read one way; nullopt where it cannot be.
template <typename Take>
std::optional<Front>
front_as(const Fronts& present, Identifiers identifiers, Layout read_as, Take take) {
    std::optional<Front> common;
    for (const auto& [code, match] : present) {
        std::string front = match->front;
        const bool taken = take(front, code, match->habit, read_as);
        if (!taken || (common && common->prefix != front)) {
            return std::nullopt;
        }
        common = Front{identifiers, front};
    }
    return common;
}

std::optional<Front> front_of(const Fronts& present, Layout read_as) {
    auto front = front_as(present, Identifiers::aim, read_as, take_aim);
    if (!front && present.size() == test_codes.size()) {
        // One letter alone may as well be a prefix: only codes of two kinds tell.
        front = front_as(present, Identifiers::letter, read_as, take_letter);
    }
    if (!front) {
        front = front_as(present, Identifiers::none, read_as, [](auto&&...) { return true; });
    }
    return front;
}

class Examination {
public:
    explicit Examination(const CheckedScanner& scanner) : scanner_(scanner) {}

    Checkup result() {
        match_all();
        const Fronts present = present_of(matches_);
        if (!present.empty()) {
            judge_habit();
            judge_separator();
            judge_front(present);
            judge_back(present);
            judge_timing();
        }
        checkup_.profile.reset();
        if (whole_ && present.size() == test_codes.size()) {
            checkup_.profile = profile_;
        }
        std::stable_sort(
            checkup_.faults.begin(),
            checkup_.faults.end(),
            [](const ScannerFault& a, const ScannerFault& b) { return a.grade > b.grade; });
        return std::move(checkup_);
    }

private:
    void
    add(Fault fault,
        Grade grade,
        SettingSheet sheet,
        std::string detail = "",
        std::optional<TestCode> code = std::nullopt) {
        checkup_.faults.push_back({fault, grade, sheet, code, std::move(detail)});
    }

    // Letters first: they show the most.
    void match_all() {
        for (const TestCode code : {TestCode::letters, TestCode::gs1, TestCode::digits}) {
            const auto& answer = scanner_.answers[static_cast<std::size_t>(code)];
            if (answer) {
                match_one(code, *answer);
            }
        }
    }

    void match_one(TestCode code, const TestAnswer& answer) {
        const std::string folded = codes::with_ascii_forms(answer.text);
        if (folded != answer.text) {
            add(Fault::input_method, Grade::required, SettingSheet::input_method_off, "", code);
        }
        const std::string text(codes::without_frame(folded));
        auto match = match_of(code, text, scanner_, habit_);
        if (!match) {
            const bool other =
                std::any_of(test_codes.begin(), test_codes.end(), [&](TestCode another) {
                    return another != code && match_of(another, text, scanner_, habit_);
                });
            add(other ? Fault::other_code : Fault::unreadable,
                Grade::required,
                other ? SettingSheet::none : SettingSheet::factory_defaults,
                "",
                code);
            return;
        }
        if (code != TestCode::digits && !habit_) {
            habit_ = match->habit;
        }
        checkup_.readable[static_cast<std::size_t>(code)] = true;
        matches_[static_cast<std::size_t>(code)] = std::move(match);
    }

    void judge_habit() {
        if (!habit_) {
            return; // digits alone show neither
        }
        profile_.layout = habit_->layout;
        profile_.letters = habit_->letters;
        if (scanner_.keyboard && habit_->layout != scanner_.read_as) {
            const std::string name(to_text(habit_->layout));
            add(Fault::layout, Grade::handled, SettingSheet::country_us, name);
        }
        switch (habit_->letters) {
        case Letters::as_printed:
            break;
        case Letters::inverted:
            add(Fault::letters_inverted, Grade::handled, SettingSheet::caps_lock_off);
            break;
        case Letters::upper:
            add(Fault::letters_upper, Grade::required, SettingSheet::case_as_printed);
            break;
        case Letters::lower:
            add(Fault::letters_lower, Grade::required, SettingSheet::case_as_printed);
            break;
        }
    }

    void judge_separator() {
        const auto& match = matches_[static_cast<std::size_t>(TestCode::gs1)];
        if (!match) {
            return;
        }
        // Kept as it stands once the letters are turned back.
        const bool turned = match->habit.letters == Letters::inverted;
        profile_.separator =
            turned ? sent(match->separator, match->habit, match->habit.layout) : match->separator;
        constexpr auto sheet = SettingSheet::send_control_characters;
        if (match->separator.empty()) {
            add(Fault::separator_lost, Grade::required, sheet);
        } else if (match->separator != "\x1d") {
            const bool data = may_be_data(match->separator);
            add(data ? Fault::separator_ambiguous : Fault::separator_replaced,
                data ? Grade::required : Grade::handled,
                sheet,
                match->separator);
        }
    }

    void judge_front(const Fronts& present) {
        const auto front = front_of(present, scanner_.read_as);
        if (!front) {
            add(Fault::unknown_identifiers, Grade::required, SettingSheet::aim_identifiers_on);
            whole_ = false;
            return;
        }
        profile_.identifiers = front->identifiers;
        profile_.prefix = front->prefix;
        if (front->identifiers == Identifiers::none) {
            add(Fault::no_identifiers, Grade::advised, SettingSheet::aim_identifiers_on);
        } else if (front->identifiers == Identifiers::letter) {
            add(Fault::letter_identifiers, Grade::handled, SettingSheet::aim_identifiers_on);
        }
        if (!front->prefix.empty()) {
            add(Fault::prefix, Grade::handled, SettingSheet::no_prefix, front->prefix);
        }
    }

    void judge_back(const Fronts& present) {
        const std::string& back = present.front().second->back;
        const bool same = std::all_of(present.begin(), present.end(), [&](const auto& one) {
            return one.second->back == back;
        });
        if (!same) {
            add(Fault::changing_frame, Grade::required, SettingSheet::factory_defaults);
            whole_ = false;
        } else if (!back.empty()) {
            profile_.suffix = back;
            add(Fault::suffix, Grade::handled, SettingSheet::suffix_enter, back);
        }
    }

    void judge_timing() {
        double longest = 0;
        for (const auto& answer : scanner_.answers) {
            longest = std::max(longest, answer ? answer->longest_gap_ms : 0.0);
            profile_.line_end = profile_.line_end && (!answer || answer->line_end);
        }
        if (!profile_.line_end) {
            // Silence ends a scan in this program; in the page it only gives it up.
            const Grade grade = scanner_.in_page ? Grade::required : Grade::advised;
            add(Fault::no_line_end, grade, SettingSheet::suffix_enter);
        }
        if (longest > slow_gap_ms) {
            add(Fault::slow, Grade::advised, SettingSheet::no_key_delay);
        }
    }

    const CheckedScanner& scanner_;
    Matches matches_;
    std::optional<Habit> habit_; // that letters showed
    ScannerProfile profile_;
    Checkup checkup_;
    bool whole_ = true;
};

} // namespace

std::string_view to_text(Fault fault) {
    return fault_names.at(static_cast<std::size_t>(fault));
}

std::string_view to_text(Grade grade) {
    return grade_names.at(static_cast<std::size_t>(grade));
}

std::string_view to_text(SettingSheet sheet) {
    return sheet_names.at(static_cast<std::size_t>(sheet));
}

Checkup check_up(const CheckedScanner& scanner) {
    return Examination(scanner).result();
}

} // namespace cartwatch::devices
