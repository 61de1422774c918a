// `cartwatch verify DATABASE` without the rest of the program, for tests of the store alone.
#include "daemon/commands/verify.hpp"

#include <iostream>

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: verify_database DATABASE\n";
        return 2;
    }
    cartwatch::commands::VerifyArguments wanted;
    wanted.database = arguments[1];
    return cartwatch::commands::run_verify_database(wanted, std::cout, std::cerr);
}
