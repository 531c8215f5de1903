export type SignInFailure = 'wrong' | 'unverified' | 'limited' | 'unavailable';

const failures: Record<string, SignInFailure> = {
  CredentialsSignin: 'wrong',
  RateLimited: 'limited',
  Unverified: 'unverified',
};

/** Signs in by e-mail address and password; undefined: done. What signs in is loaded at need. */
export async function signInWith(email: string, password: string): Promise<SignInFailure | undefined> {
  try {
    const { signIn } = await import('next-auth/react');
    const answer = await signIn('credentials', { redirect: false, email, password });
    if (answer?.ok === true && !answer.error) return undefined;
    return failures[answer?.error ?? ''] ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}
