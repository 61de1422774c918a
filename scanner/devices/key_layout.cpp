#include "scanner/devices/key_layout.hpp"

#include <array>
#include <span>

#include <linux/input-event-codes.h>

namespace cartwatch::devices {

namespace {

struct KeyRow {
    std::uint16_t code;
    std::string_view plain;
    std::string_view shifted;
    std::string_view third = {};
};

// Keys that mean the same on every layout here.
constexpr std::array common_rows = {
    KeyRow{KEY_SPACE, " ", " ", " "},       KeyRow{KEY_KP0, "0", "0", "0"},
    KeyRow{KEY_KP1, "1", "1", "1"},         KeyRow{KEY_KP2, "2", "2", "2"},
    KeyRow{KEY_KP3, "3", "3", "3"},         KeyRow{KEY_KP4, "4", "4", "4"},
    KeyRow{KEY_KP5, "5", "5", "5"},         KeyRow{KEY_KP6, "6", "6", "6"},
    KeyRow{KEY_KP7, "7", "7", "7"},         KeyRow{KEY_KP8, "8", "8", "8"},
    KeyRow{KEY_KP9, "9", "9", "9"},         KeyRow{KEY_KPDOT, ".", ".", "."},
    KeyRow{KEY_KPCOMMA, ",", ",", ","},     KeyRow{KEY_KPMINUS, "-", "-", "-"},
    KeyRow{KEY_KPPLUS, "+", "+", "+"},      KeyRow{KEY_KPASTERISK, "*", "*", "*"},
    KeyRow{KEY_KPSLASH, "/", "/", "/"},     KeyRow{KEY_KPEQUAL, "=", "=", "="},
    KeyRow{KEY_KPLEFTPAREN, "(", "(", "("}, KeyRow{KEY_KPRIGHTPAREN, ")", ")", ")"},
};

constexpr std::array us_rows = {
    KeyRow{KEY_A, "a", "A"},           KeyRow{KEY_B, "b", "B"},
    KeyRow{KEY_C, "c", "C"},           KeyRow{KEY_D, "d", "D"},
    KeyRow{KEY_E, "e", "E"},           KeyRow{KEY_F, "f", "F"},
    KeyRow{KEY_G, "g", "G"},           KeyRow{KEY_H, "h", "H"},
    KeyRow{KEY_I, "i", "I"},           KeyRow{KEY_J, "j", "J"},
    KeyRow{KEY_K, "k", "K"},           KeyRow{KEY_L, "l", "L"},
    KeyRow{KEY_M, "m", "M"},           KeyRow{KEY_N, "n", "N"},
    KeyRow{KEY_O, "o", "O"},           KeyRow{KEY_P, "p", "P"},
    KeyRow{KEY_Q, "q", "Q"},           KeyRow{KEY_R, "r", "R"},
    KeyRow{KEY_S, "s", "S"},           KeyRow{KEY_T, "t", "T"},
    KeyRow{KEY_U, "u", "U"},           KeyRow{KEY_V, "v", "V"},
    KeyRow{KEY_W, "w", "W"},           KeyRow{KEY_X, "x", "X"},
    KeyRow{KEY_Y, "y", "Y"},           KeyRow{KEY_Z, "z", "Z"},
    KeyRow{KEY_1, "1", "!"},           KeyRow{KEY_2, "2", "@"},
    KeyRow{KEY_3, "3", "#"},           KeyRow{KEY_4, "4", "$"},
    KeyRow{KEY_5, "5", "%"},           KeyRow{KEY_6, "6", "^"},
    KeyRow{KEY_7, "7", "&"},           KeyRow{KEY_8, "8", "*"},
    KeyRow{KEY_9, "9", "("},           KeyRow{KEY_0, "0", ")"},
    KeyRow{KEY_MINUS, "-", "_"},       KeyRow{KEY_EQUAL, "=", "+"},
    KeyRow{KEY_LEFTBRACE, "[", "{"},   KeyRow{KEY_RIGHTBRACE, "]", "}"},
    KeyRow{KEY_BACKSLASH, "\\", "|"},  KeyRow{KEY_SEMICOLON, ";", ":"},
    KeyRow{KEY_APOSTROPHE, "'", "\""}, KeyRow{KEY_GRAVE, "`", "~"},
    KeyRow{KEY_COMMA, ",", "<"},       KeyRow{KEY_DOT, ".", ">"},
    KeyRow{KEY_SLASH, "/", "?"},       KeyRow{KEY_102ND, "\\", "|"},
};

// Where a layout differs from the American one.
constexpr std::array uk_rows = {
    KeyRow{KEY_2, "2", "\""},
    KeyRow{KEY_3, "3", "£"},
    KeyRow{KEY_4, "4", "$", "€"},
    KeyRow{KEY_APOSTROPHE, "'", "@"},
    KeyRow{KEY_GRAVE, "`", "¬", "¦"},
    KeyRow{KEY_BACKSLASH, "#", "~"},
    KeyRow{KEY_102ND, "\\", "|"},
};

constexpr std::array de_rows = {
    KeyRow{KEY_Y, "z", "Z"},           KeyRow{KEY_Z, "y", "Y"},
    KeyRow{KEY_Q, "q", "Q", "@"},      KeyRow{KEY_E, "e", "E", "€"},
    KeyRow{KEY_M, "m", "M", "µ"},      KeyRow{KEY_2, "2", "\"", "²"},
    KeyRow{KEY_3, "3", "§", "³"},      KeyRow{KEY_6, "6", "&"},
    KeyRow{KEY_7, "7", "/", "{"},      KeyRow{KEY_8, "8", "(", "["},
    KeyRow{KEY_9, "9", ")", "]"},      KeyRow{KEY_0, "0", "=", "}"},
    KeyRow{KEY_MINUS, "ß", "?", "\\"}, KeyRow{KEY_EQUAL, "´", "`"},
    KeyRow{KEY_LEFTBRACE, "ü", "Ü"},   KeyRow{KEY_RIGHTBRACE, "+", "*", "~"},
    KeyRow{KEY_SEMICOLON, "ö", "Ö"},   KeyRow{KEY_APOSTROPHE, "ä", "Ä"},
    KeyRow{KEY_GRAVE, "^", "°"},       KeyRow{KEY_BACKSLASH, "#", "'"},
    KeyRow{KEY_COMMA, ",", ";"},       KeyRow{KEY_DOT, ".", ":"},
    KeyRow{KEY_SLASH, "-", "_"},       KeyRow{KEY_102ND, "<", ">", "|"},
};

constexpr std::array fr_rows = {
    KeyRow{KEY_Q, "a", "A"},          KeyRow{KEY_W, "z", "Z"},
    KeyRow{KEY_A, "q", "Q"},          KeyRow{KEY_Z, "w", "W"},
    KeyRow{KEY_SEMICOLON, "m", "M"},  KeyRow{KEY_E, "e", "E", "€"},
    KeyRow{KEY_1, "&", "1"},          KeyRow{KEY_2, "é", "2", "~"},
    KeyRow{KEY_3, "\"", "3", "#"},    KeyRow{KEY_4, "'", "4", "{"},
    KeyRow{KEY_5, "(", "5", "["},     KeyRow{KEY_6, "-", "6", "|"},
    KeyRow{KEY_7, "è", "7", "`"},     KeyRow{KEY_8, "_", "8", "\\"},
    KeyRow{KEY_9, "ç", "9", "^"},     KeyRow{KEY_0, "à", "0", "@"},
    KeyRow{KEY_MINUS, ")", "°", "]"}, KeyRow{KEY_EQUAL, "=", "+", "}"},
    KeyRow{KEY_LEFTBRACE, "^", "¨"},  KeyRow{KEY_RIGHTBRACE, "$", "£", "¤"},
    KeyRow{KEY_APOSTROPHE, "ù", "%"}, KeyRow{KEY_BACKSLASH, "*", "µ"},
    KeyRow{KEY_GRAVE, "²", ""},       KeyRow{KEY_M, ",", "?"},
    KeyRow{KEY_COMMA, ";", "."},      KeyRow{KEY_DOT, ":", "/"},
    KeyRow{KEY_SLASH, "!", "§"},      KeyRow{KEY_102ND, "<", ">"},
};

std::span<const KeyRow> differences(Layout layout) {
    switch (layout) {
    case Layout::us:
        return {};
    case Layout::uk:
        return uk_rows;
    case Layout::de:
        return de_rows;
    case Layout::fr:
        return fr_rows;
    }
    return {};
}

const KeyRow* row_of(std::span<const KeyRow> rows, std::uint16_t code) {
    for (const KeyRow& row : rows) {
        if (row.code == code) {
            return &row;
        }
    }
    return nullptr;
}

} // namespace

std::optional<Layout> parse_layout(std::string_view name) {
    constexpr std::array<std::string_view, 4> names = {"us", "uk", "de", "fr"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) {
            return static_cast<Layout>(i);
        }
    }
    return std::nullopt;
}

std::string_view key_character(Layout layout, std::uint16_t code, Level level) {
    const KeyRow* row = row_of(differences(layout), code);
    if (row == nullptr) {
        row = row_of(us_rows, code);
    }
    if (row == nullptr) {
        row = row_of(common_rows, code);
    }
    if (row == nullptr) {
        return {};
    }
    return level == Level::plain ? row->plain : level == Level::shifted ? row->shifted : row->third;
}

} // namespace cartwatch::devices
