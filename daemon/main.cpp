// The program: what it was asked on the command line, and an exit status.
#include "daemon/command_line/command_line.hpp"

#include <exception>
#include <iostream>

int main(int count, char** words) {
    // Through stdio a failure to read standard input would look like its end.
    std::ios::sync_with_stdio(false);
    try {
        return cartwatch::command_line::run(count, words, CARTWATCH_VERSION);
    } catch (const std::exception& error) {
        std::cerr << "cartwatch: " << error.what() << '\n';
        return cartwatch::command_line::machine_failed;
    }
}
