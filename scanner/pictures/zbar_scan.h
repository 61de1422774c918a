/* zbar in C, because its headers draw in C++ ones that C++20 refuses. One scan over one picture of
 * luminance; knows nothing of what a text means. Only zbar.cpp includes it. */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

enum cartwatch_zbar_kind {
    CARTWATCH_ZBAR_OTHER,
    CARTWATCH_ZBAR_EAN_8,
    CARTWATCH_ZBAR_EAN_13,
    CARTWATCH_ZBAR_UPC_A,
    CARTWATCH_ZBAR_UPC_E,
    CARTWATCH_ZBAR_DATABAR,
    CARTWATCH_ZBAR_DATABAR_EXPANDED,
    CARTWATCH_ZBAR_QR,
    CARTWATCH_ZBAR_CODE_128
};

struct cartwatch_zbar_find {
    enum cartwatch_zbar_kind kind;
    const char* text; /* lives until the next call */
    unsigned length;
    int gs1;     /* a function character stood first */
    int quality; /* of linear codes: how many scan lines agree */
    int left, top, right, bottom;
};

struct cartwatch_zbar;

/* NULL: no memory. The pixels must outlive the result. */
struct cartwatch_zbar* cartwatch_zbar_scan(const unsigned char* pixels, unsigned width, unsigned height);

/* 1 and the next find, or 0 after the last. */
int cartwatch_zbar_next(struct cartwatch_zbar* scan, struct cartwatch_zbar_find* find);

void cartwatch_zbar_end(struct cartwatch_zbar* scan);

#ifdef __cplusplus
}
#endif
