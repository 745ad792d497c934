package dev.twofold.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A log file that cannot fill the disk: when it would grow beyond its bound it becomes {@code
 * name.1} (replacing the one before) and starts anew, so that at most twice the bound is kept. The
 * official emulators write a stack trace per refused push or failed precondition, which is hundreds
 * of thousands of lines in minutes.
 */
public final class CappedLog implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Path file;
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private OutputStream out;
  private long written;

  private CappedLog(Path file, long bytesMax, OutputStream out, long written) {
    this.file = file;
    this.bytesMax = bytesMax;
    this.out = out;
    this.written = written;
  }

  /** Opens the file to append to it; its folder is made where it is missing. */
  public static CappedLog open(Path file, long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("A log holds at least one byte, not " + bytesMax);
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      long written = Files.exists(file) ? Files.size(file) : 0;
      return new CappedLog(file, bytesMax, append(file), written);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the log " + file, e);
    }
  }

  /**
   * Copies until the stream ends; a chunk is never split over two files. Fails only when the file
   * cannot be written.
   */
  public void copy(InputStream from) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int read = read(from, chunk); read >= 0; read = read(from, chunk)) {
      write(chunk, read);
    }
  }

  private static int read(InputStream from, byte[] chunk) {
    try {
      return from.read(chunk);
    } catch (IOException e) {
      // A process that is killed takes its pipe with it: that is the end of its output.
      return -1;
    }
  }

  private void write(byte[] chunk, int length) throws IOException {
    lock.lock();
    try {
      if (written > 0 && written + length > bytesMax) {
        rotate();
      }
      out.write(chunk, 0, length);
      out.flush();
      written += length;
    } finally {
      lock.unlock();
    }
  }

  private void rotate() throws IOException {
    out.close();
    Path older = file.resolveSibling(file.getFileName() + ".1");
    Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    out = append(file);
    written = 0;
  }

  private static OutputStream append(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      out.close();
    } finally {
      lock.unlock();
    }
  }
}
