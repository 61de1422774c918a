#include "scanner/pictures/decode_server.hpp"
#include <iostream>
#include <string_view>
#include <unistd.h>
int main(int count, char** words) {
    if (count == 2 && std::string_view(words[1]) == "--decode") {
        return cartwatch::pictures::serve_pictures(STDIN_FILENO, STDOUT_FILENO);
    }
    return 2;
}
