// Pixels from a camera or from a file.

// Twelve megapixels, as a telephone takes them; larger ones are made smaller.
const photo_pixels_max = 12_000_000;

const canvas = document.createElement("canvas");

function drawn(source: CanvasImageSource, width: number, height: number): ImageData | null {
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context || width < 1 || height < 1) {
        return null;
    }
    context.drawImage(source, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
}

// Null while the camera has none.
export function frame_of(video: HTMLVideoElement): ImageData | null {
    const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    return ready ? drawn(video, video.videoWidth, video.videoHeight) : null;
}

// Null where the browser cannot read the file.
export async function photo_of(file: Blob): Promise<ImageData | null> {
    let picture: ImageBitmap;
    try {
        picture = await createImageBitmap(file);
    } catch {
        return null;
    }
    const { width, height } = picture;
    const scale = Math.min(1, Math.sqrt(photo_pixels_max / (width * height)));
    const pixels = drawn(picture, Math.round(width * scale), Math.round(height * scale));
    picture.close();
    return pixels;
}
