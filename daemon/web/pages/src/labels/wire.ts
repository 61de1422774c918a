// What the daemon says of labels (schema/http.openapi.yaml). Every length is in millimetres.

export type LabelKind = "carts" | "lines" | "devices" | "commands" | "seals";

export interface OfferedKind {
    what: LabelKind;
    count: number;
    left_out: number; // no tag yet, or no seal
    paper: string; // the usual one
}

export interface LabelPaper {
    name: string;
    roll: boolean; // a page is one label
    page_width: number;
    page_height: number;
    columns: number;
    rows: number;
    width: number;
    height: number;
    left: number;
    top: number;
    step_x: number;
    step_y: number;
}

export interface LabelLimits {
    page_side_min: number;
    page_side_max: number;
    sheet_width: number;
    sheet_height: number;
    label_width_min: number;
    label_height_min: number;
    bars_label_height_min: number;
    columns_max: number;
    rows_max: number;
    offset_max: number;
    offset_step: number;
    margin: number;
    labels_max: number;
    zpl_labels_max: number;
    only_max: number;
}

export interface LabelOffer {
    kinds: OfferedKind[];
    papers: LabelPaper[];
    limits: LabelLimits;
}

export interface LabelThing {
    id: string;
    cart: string;
    code: string;
    zh: string;
    en: string;
    detail: string;
    place: string;
}

export interface LabelThings {
    labels: LabelThing[];
    left_out: string[];
}
