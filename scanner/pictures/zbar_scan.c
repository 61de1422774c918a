#include "scanner/pictures/zbar_scan.h"

#include <stdlib.h>
#include <zbar.h>

struct cartwatch_zbar {
    zbar_image_scanner_t* scanner;
    zbar_image_t* image;
    const zbar_symbol_t* next;
};

/* Code 39, ITF and Codabar are left to ZXing: they have no check digit of their own, and a part of
 * one is another. */
static const zbar_symbol_type_t wanted[] = {
    ZBAR_EAN8,
    ZBAR_EAN13,
    ZBAR_UPCA,
    ZBAR_UPCE,
    ZBAR_DATABAR,
    ZBAR_DATABAR_EXP,
    ZBAR_QRCODE,
    ZBAR_CODE128,
};

static enum cartwatch_zbar_kind kind_of(zbar_symbol_type_t type) {
    switch ((int) type) {
    case ZBAR_EAN8:
        return CARTWATCH_ZBAR_EAN_8;
    case ZBAR_EAN13:
        return CARTWATCH_ZBAR_EAN_13;
    case ZBAR_UPCA:
        return CARTWATCH_ZBAR_UPC_A;
    case ZBAR_UPCE:
        return CARTWATCH_ZBAR_UPC_E;
    case ZBAR_DATABAR:
        return CARTWATCH_ZBAR_DATABAR;
    case ZBAR_DATABAR_EXP:
        return CARTWATCH_ZBAR_DATABAR_EXPANDED;
    case ZBAR_QRCODE:
        return CARTWATCH_ZBAR_QR;
    case ZBAR_CODE128:
        return CARTWATCH_ZBAR_CODE_128;
    default:
        return CARTWATCH_ZBAR_OTHER;
    }
}

static int prepare(struct cartwatch_zbar* scan) {
    int failed = zbar_image_scanner_set_config(scan->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    for (unsigned i = 0; i < sizeof wanted / sizeof wanted[0]; ++i) {
        failed |= zbar_image_scanner_set_config(scan->scanner, wanted[i], ZBAR_CFG_ENABLE, 1);
    }
    return failed == 0;
}

static void widen(struct cartwatch_zbar_find* find, int x, int y) {
    find->left = x < find->left ? x : find->left;
    find->right = x > find->right ? x : find->right;
    find->top = y < find->top ? y : find->top;
    find->bottom = y > find->bottom ? y : find->bottom;
}

static void place(struct cartwatch_zbar_find* find, const zbar_symbol_t* symbol) {
    const unsigned points = zbar_symbol_get_loc_size(symbol);
    find->left = find->right = points > 0 ? zbar_symbol_get_loc_x(symbol, 0) : 0;
    find->top = find->bottom = points > 0 ? zbar_symbol_get_loc_y(symbol, 0) : 0;
    for (unsigned i = 1; i < points; ++i) {
        widen(find, zbar_symbol_get_loc_x(symbol, i), zbar_symbol_get_loc_y(symbol, i));
    }
}

struct cartwatch_zbar*
cartwatch_zbar_scan(const unsigned char* pixels, unsigned width, unsigned height) {
    struct cartwatch_zbar* scan = calloc(1, sizeof *scan);
    if (scan == NULL) {
        return NULL;
    }
    scan->scanner = zbar_image_scanner_create();
    scan->image = zbar_image_create();
    if (scan->scanner == NULL || scan->image == NULL || !prepare(scan)) {
        cartwatch_zbar_end(scan);
        return NULL;
    }
    zbar_image_set_format(scan->image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(scan->image, width, height);
    zbar_image_set_data(scan->image, pixels, (unsigned long) width * height, NULL);
    if (zbar_scan_image(scan->scanner, scan->image) < 0) {
        cartwatch_zbar_end(scan);
        return NULL;
    }
    scan->next = zbar_image_first_symbol(scan->image);
    return scan;
}

int cartwatch_zbar_next(struct cartwatch_zbar* scan, struct cartwatch_zbar_find* find) {
    const zbar_symbol_t* symbol = scan->next;
    if (symbol == NULL) {
        return 0;
    }
    find->kind = kind_of(zbar_symbol_get_type(symbol));
    find->text = zbar_symbol_get_data(symbol);
    find->length = zbar_symbol_get_data_length(symbol);
    find->gs1 = (zbar_symbol_get_modifiers(symbol) & (1U << ZBAR_MOD_GS1)) != 0;
    find->quality = zbar_symbol_get_quality(symbol);
    place(find, symbol);
    scan->next = zbar_symbol_next(symbol);
    return 1;
}

void cartwatch_zbar_end(struct cartwatch_zbar* scan) {
    if (scan == NULL) {
        return;
    }
    if (scan->image != NULL) {
        zbar_image_destroy(scan->image);
    }
    if (scan->scanner != NULL) {
        zbar_image_scanner_destroy(scan->scanner);
    }
    free(scan);
}
