package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.IntToLongFunction;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.peerworks.pose.UserError;

/** Encodes small videos whose frames are {@link BarCode}s. */
final class VideoMaker {

  private static final int FRAME_MILLIS = 40;

  private String encoder = "mpeg4";
  private int frames = 100;
  private int gop = 12;
  private int bFrames;
  private boolean fragmented;
  private int width = BarCode.WIDTH;
  private int height = BarCode.HEIGHT;
  private int tint;
  private IntToLongFunction shown = number -> (long) number * FRAME_MILLIS;

  VideoMaker encoder(String name) {
    encoder = name;
    return this;
  }

  VideoMaker frames(int count) {
    frames = count;
    return this;
  }

  /** Frames from one key frame to the next. */
  VideoMaker gop(int length) {
    gop = length;
    return this;
  }

  VideoMaker bFrames(int most) {
    bFrames = most;
    return this;
  }

  /** Writes the table of contents piece by piece, so that a cut-off file can be opened. */
  VideoMaker fragmented() {
    fragmented = true;
    return this;
  }

  VideoMaker size(int wide, int high) {
    width = wide;
    height = high;
    return this;
  }

  /** Gives the frames a colour. */
  VideoMaker tint(int chroma) {
    tint = chroma;
    return this;
  }

  /** When each frame is shown, in milliseconds. */
  VideoMaker shown(IntToLongFunction times) {
    shown = times;
    return this;
  }

  Path write(Path file) throws UserError {
    FFmpeg.load();
    AVFormatContext output = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(output, null, null, file.toString()));
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    assertThat(codec).as(encoder).isNotNull();
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    AVDictionary options = new AVDictionary(null);
    try {
      configure(context, (output.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0);
      check(avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
      AVStream stream = avformat.avformat_new_stream(output, codec);
      check(avcodec.avcodec_parameters_from_context(stream.codecpar(), context));
      stream.time_base(context.time_base());
      AVIOContext io = new AVIOContext(null);
      check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
      output.pb(io);
      if (fragmented) {
        avutil.av_dict_set(options, "movflags", "frag_keyframe+empty_moov", 0);
      }
      check(avformat.avformat_write_header(output, options));
      frame.format(format());
      frame.width(width);
      frame.height(height);
      check(avutil.av_frame_get_buffer(frame, 0));
      for (int i = 0; i < frames; i++) {
        check(avutil.av_frame_make_writable(frame));
        paint(frame, i);
        frame.pts(shown.applyAsLong(i) / tick());
        frame.duration(FRAME_MILLIS / tick());
        check(avcodec.avcodec_send_frame(context, frame));
        drain(context, packet, output, stream);
      }
      check(avcodec.avcodec_send_frame(context, null));
      drain(context, packet, output, stream);
      check(avformat.av_write_trailer(output));
    } finally {
      avutil.av_dict_free(options);
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
      if (output.pb() != null) {
        avformat.avio_closep(output.pb());
      }
      avformat.avformat_free_context(output);
    }
    return file;
  }

  /** Milliseconds by which this encoder counts. */
  private int tick() {
    return encoder.equals("mpeg2video") ? FRAME_MILLIS : 1;
  }

  private int format() {
    return encoder.equals("mjpeg") ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P;
  }

  private void configure(AVCodecContext context, boolean globalHeader) {
    context.width(width);
    context.height(height);
    context.pix_fmt(format());
    context.time_base(new AVRational().num(tick()).den(1000));
    context.framerate(new AVRational().num(25).den(1));
    context.gop_size(gop);
    context.max_b_frames(bFrames);
    context.bit_rate(1_000_000);
    context.thread_count(1);
    if (globalHeader) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  private void paint(AVFrame frame, int number) {
    BytePointer luma = frame.data(0);
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = (byte) BarCode.luma(number, x, y);
      }
      luma.position((long) y * frame.linesize(0)).put(row);
    }
    for (int plane = 1; plane < 3; plane++) {
      byte[] chroma = new byte[width / 2];
      java.util.Arrays.fill(chroma, (byte) (128 + (plane == 1 ? tint : -tint)));
      for (int y = 0; y < height / 2; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(chroma);
      }
    }
  }

  private void drain(
      AVCodecContext context, AVPacket packet, AVFormatContext output, AVStream stream) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      packet.duration(FRAME_MILLIS / tick());
      avcodec.av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      check(avformat.av_interleaved_write_frame(output, packet));
    }
  }

  private static void check(int result) {
    assertThat(result).as(() -> FFmpeg.message(result)).isNotNegative();
  }
}
