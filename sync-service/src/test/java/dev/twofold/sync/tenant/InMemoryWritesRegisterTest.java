package dev.twofold.sync.tenant;

final class InMemoryWritesRegisterTest implements WritesRegisterContract {

  private final InMemoryWritesRegister register = new InMemoryWritesRegister();

  @Override
  public WritesRegister register() {
    return register;
  }
}
