// How much a property test does, and from which seed: little in the ordinary run, and as much as
// the environment asks for (CARTWATCH_SEQUENCES=100000, CARTWATCH_SEED=7).
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace cartwatch::support {

inline int number_asked(const char* variable, int otherwise) {
    const char* text = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (text == nullptr) {
        return otherwise;
    }
    const int number = std::atoi(text); // NOLINT(cert-err34-c): nonsense is 0, refused below
    if (number < 1) {
        throw std::invalid_argument(std::string(variable) + " is not a number from 1");
    }
    return number;
}

inline int sequences_asked(int ordinary) {
    return number_asked("CARTWATCH_SEQUENCES", ordinary);
}

// Whether a sequence that shows a difference is to be shortened: seconds that a script which only
// wants to know whether there is one can spare (CARTWATCH_AS_FOUND=1).
inline bool shortening_asked() {
    return std::getenv("CARTWATCH_AS_FOUND") == nullptr; // NOLINT(concurrency-mt-unsafe)
}

inline unsigned seed_asked() {
    return static_cast<unsigned>(number_asked("CARTWATCH_SEED", 20'261'122));
}

} // namespace cartwatch::support
