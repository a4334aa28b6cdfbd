/** The start message of a function's thread. */
export interface WorkerSetup {
  /** The bundle. */
  readonly modulePath: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly arn: string;
  readonly memoryMegabytes: number;
  /** The folder that keeps what the bundle is compiled to, for the next thread. */
  readonly compileCache: string;
}

/** One event on its way to the handler. */
export interface Invocation {
  readonly id: number;
  readonly requestId: string;
  readonly event: unknown;
  /** Epoch milliseconds at which the invocation is given up. */
  readonly deadline: number;
}

/** Asks the thread to say when all that it has printed is with its parent. */
export interface PrintRequest {
  readonly type: "print";
}

/** How Lambda reports an error of the handler. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** The thread's messages: that the module is loaded (or cannot be), how each invocation ended, and that all is printed. */
export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "printed" }
  | { readonly type: "unusable"; readonly error: ErrorReport }
  /** `payload` is the handler's result as JSON text, as Lambda passes it on. */
  | { readonly type: "result"; readonly id: number; readonly payload: string }
  | { readonly type: "failure"; readonly id: number; readonly error: ErrorReport };
