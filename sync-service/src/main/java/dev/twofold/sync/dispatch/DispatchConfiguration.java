package dev.twofold.sync.dispatch;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the creation of tasks. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

  /** One virtual thread a task; bounded by what one group commit can mark. */
  @Bean(destroyMethod = "close")
  ExecutorService taskThreads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());
  }

  @Bean
  TaskCreation taskCreation(TaskDispatcher dispatcher, ExecutorService taskThreads) {
    return new TaskCreation(dispatcher, taskThreads);
  }
}
