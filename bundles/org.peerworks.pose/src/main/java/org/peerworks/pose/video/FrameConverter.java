package org.peerworks.pose.video;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Makes red, green and blue of decoded frames the way OpenCV does, from which SLEAP takes them:
 * bicubic, and with the coefficients of ITU-R BT.601 whatever the video says. Owns native memory
 * until it is closed. Not thread-safe.
 */
final class FrameConverter implements AutoCloseable {

  private final AVFrame target = avutil.av_frame_alloc();
  private SwsContext context;
  private int format = avutil.AV_PIX_FMT_NONE;

  /**
   * Converts a frame; all frames have the same size.
   *
   * @return three bytes for each pixel, row by row
   */
  byte[] rgb(AVFrame frame) {
    int width = frame.width();
    int height = frame.height();
    prepare(width, height, frame.format());
    int rows =
        swscale.sws_scale(
            context, frame.data(), frame.linesize(), 0, height, target.data(), target.linesize());
    if (rows != height) {
      throw new IllegalStateException("FFmpeg converted " + rows + " rows of " + height);
    }
    int stride = target.linesize(0);
    ByteBuffer rgb = target.data(0).capacity((long) stride * height).asByteBuffer();
    byte[] bytes = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      rgb.get(y * stride, bytes, 3 * width * y, 3 * width);
    }
    return bytes;
  }

  private void prepare(int width, int height, int source) {
    if (source == format) {
      return;
    }
    free();
    context =
        swscale.sws_getContext(
            width,
            height,
            source,
            width,
            height,
            avutil.AV_PIX_FMT_RGB24,
            swscale.SWS_BICUBIC,
            null,
            null,
            (double[]) null);
    target.format(avutil.AV_PIX_FMT_RGB24);
    target.width(width);
    target.height(height);
    if (context == null || avutil.av_frame_get_buffer(target, 0) < 0) {
      throw new IllegalStateException("FFmpeg cannot convert frames of the format " + source);
    }
    format = source;
  }

  private void free() {
    swscale.sws_freeContext(context);
    context = null;
    avutil.av_frame_unref(target);
    format = avutil.AV_PIX_FMT_NONE;
  }

  @Override
  public void close() {
    free();
    avutil.av_frame_free(target);
  }
}
