"""What is asked of django-allauth: the steps of sign-in, codes and passkeys."""
