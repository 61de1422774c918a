// Runs a fuzz target over every file of a corpus folder, for compilers without libFuzzer. Fails
// where the folder is missing or empty: a replay of nothing would prove nothing.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
    std::size_t replayed = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& file : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (!file.is_regular_file()) {
                continue;
            }
            std::ifstream stream(file.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
            std::string copy = bytes; // exact size, so that a sanitizer sees a read past the end
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(copy.data()), copy.size());
            ++replayed;
        }
    }
    std::cout << replayed << " inputs replayed\n";
    return replayed == 0 ? 1 : 0;
}
